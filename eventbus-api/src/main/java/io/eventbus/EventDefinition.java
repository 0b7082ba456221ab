package io.eventbus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a payload class goes over the wire.
 *
 * @param payloadType the class; matched exactly, subclasses are other events
 * @param aggregateType the kind of thing that the event is about, 1 to 200 bytes in UTF-8
 * @param type the logical type, 1 to 200 bytes in UTF-8
 * @param schemaVersion the version of the payload's schema, 1 or more
 * @param key reads the key from a payload; yields null for no key
 * @param <T> the payload's type
 */
public record EventDefinition<T>(
        Class<T> payloadType,
        String aggregateType,
        String type,
        int schemaVersion,
        Function<? super T, @Nullable String> key) {

    /** Refuses nulls. */
    public EventDefinition {
        Objects.requireNonNull(payloadType, "payloadType");
        Objects.requireNonNull(aggregateType, "aggregateType");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(key, "key");
    }

    /**
     * Reads the definition from {@link EventType} and {@link EventKey}.
     *
     * @param payloadType an annotated class; the key's annotation works on records only
     * @param <T> the payload's type
     * @return the definition
     * @throws ConfigurationException if the class lacks {@link EventType} or has several keys
     */
    public static <T> EventDefinition<T> of(Class<T> payloadType) {
        EventType annotation = payloadType.getAnnotation(EventType.class);
        if (annotation == null) {
            throw new ConfigurationException(List.of(payloadType.getName()
                    + " has no @EventType: annotate it, or define it with EventDefinition.of(class, aggregate, type)"));
        }
        String name = annotation.name().isEmpty() ? payloadType.getSimpleName() : annotation.name();
        return new EventDefinition<>(
                payloadType, annotation.aggregate(), name, annotation.version(), annotatedKey(payloadType));
    }

    /**
     * A definition without annotations: schema version 1, no key.
     *
     * @param payloadType the class
     * @param aggregateType the kind of thing that the event is about
     * @param type the logical type
     * @param <T> the payload's type
     * @return the definition
     */
    public static <T> EventDefinition<T> of(Class<T> payloadType, String aggregateType, String type) {
        return new EventDefinition<>(payloadType, aggregateType, type, 1, payload -> null);
    }

    /**
     * With another way to the key.
     *
     * @param value reads what the event is about from a payload; the key is its {@code toString()}, null means no key
     * @return a copy
     */
    public EventDefinition<T> keyedBy(Function<? super T, ? extends @Nullable Object> value) {
        return new EventDefinition<>(
                payloadType, aggregateType, type, schemaVersion, payload -> text(value.apply(payload)));
    }

    /**
     * With another schema version.
     *
     * @param version 1 or more
     * @return a copy
     */
    public EventDefinition<T> version(int version) {
        return new EventDefinition<>(payloadType, aggregateType, type, version, key);
    }

    private static <T> Function<T, @Nullable String> annotatedKey(Class<T> payloadType) {
        RecordComponent[] components = payloadType.getRecordComponents();
        List<RecordComponent> keys = components == null
                ? List.of()
                : Arrays.stream(components)
                        .filter(component -> component.isAnnotationPresent(EventKey.class))
                        .toList();
        if (keys.size() > 1) {
            throw new ConfigurationException(
                    List.of(payloadType.getName() + " has " + keys.size() + " components with @EventKey; keep one"));
        }
        if (keys.isEmpty()) {
            return payload -> null;
        }
        RecordComponent component = keys.get(0);
        component.getAccessor().trySetAccessible();
        return payload -> text(read(component, payload));
    }

    private static @Nullable Object read(RecordComponent component, Object payload) {
        try {
            return component.getAccessor().invoke(payload);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    "cannot read the key " + component + "; open its package to io.eventbus, or use keyedBy", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("reading the key " + component + " failed", e.getCause());
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
