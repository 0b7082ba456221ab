package io.eventbus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which payload class stands for which event. An event is known by aggregate type and type together. Nothing on the wire
 * ever chooses a class that is not in here. Immutable and thread-safe.
 */
public final class EventRegistry {

    private record Name(String aggregateType, String type) {}

    private final Map<Class<?>, EventDefinition<?>> byClass = new HashMap<>();
    private final Map<Name, EventDefinition<?>> byName = new HashMap<>();

    private EventRegistry(Collection<EventDefinition<?>> definitions) {
        List<String> problems = new ArrayList<>();
        definitions.forEach(definition -> add(definition, problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /**
     * A registry of definitions.
     *
     * @param definitions one for each class and name
     * @return the registry
     * @throws ConfigurationException naming every class or event that is defined twice and every bad name
     */
    public static EventRegistry of(Collection<EventDefinition<?>> definitions) {
        return new EventRegistry(definitions);
    }

    /**
     * A registry of definitions.
     *
     * @param definitions one for each class and name
     * @return the registry
     * @throws ConfigurationException naming every class or event that is defined twice and every bad name
     */
    public static EventRegistry of(EventDefinition<?>... definitions) {
        return new EventRegistry(List.of(definitions));
    }

    /**
     * A registry of annotated classes.
     *
     * @param payloadTypes classes with {@link EventType}
     * @return the registry
     * @throws ConfigurationException naming every class without annotation or defined twice
     */
    public static EventRegistry of(Class<?>... payloadTypes) {
        List<EventDefinition<?>> definitions = new ArrayList<>();
        for (Class<?> payloadType : payloadTypes) {
            definitions.add(EventDefinition.of(payloadType));
        }
        return new EventRegistry(definitions);
    }

    /**
     * The definition of a class.
     *
     * @param payloadType the exact class
     * @param <T> the payload's type
     * @return the definition, or empty if the class is not registered
     */
    @SuppressWarnings("unchecked") // an entry's key is the payload type of its value
    public <T> Optional<EventDefinition<T>> find(Class<T> payloadType) {
        return Optional.ofNullable((EventDefinition<T>) byClass.get(payloadType));
    }

    /**
     * The definition of an event.
     *
     * @param aggregateType the aggregate type on the wire
     * @param type the type on the wire
     * @return the definition, or empty if the event is not registered
     */
    public Optional<EventDefinition<?>> find(String aggregateType, String type) {
        return Optional.ofNullable(byName.get(new Name(aggregateType, type)));
    }

    /**
     * All definitions.
     *
     * @return in no order
     */
    public Collection<EventDefinition<?>> definitions() {
        return List.copyOf(byClass.values());
    }

    private void add(EventDefinition<?> definition, List<String> problems) {
        String payloadType = definition.payloadType().getName();
        Names.checkCarried("aggregate type of " + payloadType, definition.aggregateType())
                .ifPresent(problems::add);
        Names.checkCarried("type of " + payloadType, definition.type()).ifPresent(problems::add);
        if (definition.schemaVersion() < 1) {
            problems.add(
                    "schema version of " + payloadType + " is " + definition.schemaVersion() + "; expected 1 or more");
        }
        if (byClass.put(definition.payloadType(), definition) != null) {
            problems.add(payloadType + " is registered twice");
        }
        EventDefinition<?> other = byName.put(new Name(definition.aggregateType(), definition.type()), definition);
        if (other != null && other.payloadType() != definition.payloadType()) {
            problems.add(definition.aggregateType() + "." + definition.type() + " is the name of "
                    + other.payloadType().getName() + " and of " + payloadType);
        }
    }
}
