package io.eventbus.tck;

import org.junit.platform.commons.support.ReflectionSupport;

/** Makes what a configuration parameter names. */
final class Named {

    private static final String CONSTANT_MARK = "#";

    private Named() {}

    /**
     * Makes or finds an object by its name.
     *
     * @param name a class with a constructor without parameters, such as {@code org.example.MyHarness}, or a constant of an
     *     enum, such as {@code org.example.MyHarnesses#SMALL}
     * @param type what it has to be
     * @throws IllegalStateException naming what cannot be had, since a name that is misspelt must not lead to no tests at all
     */
    static <T> T instance(String name, Class<T> type) {
        String[] parts = name.split(CONSTANT_MARK, 2);
        return ReflectionSupport.tryToLoadClass(parts[0])
                .andThenTry(
                        found -> parts.length == 1 ? ReflectionSupport.newInstance(found) : constant(found, parts[1]))
                .andThenTry(type::cast)
                .getOrThrow(cause -> new IllegalStateException("cannot use " + name + " as " + type.getName(), cause));
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no constant " + name);
    }
}
