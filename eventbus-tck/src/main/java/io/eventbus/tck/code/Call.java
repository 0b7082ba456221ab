package io.eventbus.tck.code;

/**
 * A method that a class names: it calls it, or makes a reference to it.
 *
 * @param owner the class that it is called on
 * @param method its name; {@code <init>} for a constructor
 * @param descriptor its parameters and result as the JVM writes them
 */
record Call(String owner, String method, String descriptor) {

    @Override
    public String toString() {
        return owner + "." + method;
    }
}
