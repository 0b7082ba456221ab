package io.eventbus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The logical name under which a payload class goes over the wire. An event is known by aggregate and name together;
 * the name of the Java class never leaves the process.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventType {

    /**
     * The kind of thing that the event is about, such as {@code Order}.
     *
     * @return the aggregate type
     */
    String aggregate();

    /**
     * The event's name, such as {@code OrderPlaced}.
     *
     * @return the name; the simple name of the class if empty
     */
    String name() default "";

    /**
     * The version of the payload's schema.
     *
     * @return 1 or more
     */
    int version() default 1;
}
