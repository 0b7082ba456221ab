package io.eventbus.tck.code;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one class uses.
 *
 * @param name its name
 * @param types the types that it names, also those in signatures and annotations
 * @param calls the methods that it names
 */
record ClassCode(String name, Set<String> types, Set<Call> calls) {

    private static final Pattern TYPE = Pattern.compile("L((?:[\\w$]+/)+[\\w$]+)[;<]");

    /** A constant that consists of others; the meaning of their places depends on its kind. */
    private record Reference(int kind, int first, int second) {}

    private static final int TEXT = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    static ClassCode read(InputStream classFile) throws IOException {
        DataInputStream in = new DataInputStream(classFile);
        in.skipNBytes(8);
        @Nullable Object[] constants = constants(in);
        in.skipNBytes(2);
        String name = className(constants, in.readUnsignedShort());
        Set<String> types = new TreeSet<>();
        Set<Call> calls = new HashSet<>();
        for (int i = 0; i < constants.length; i++) {
            if (constants[i] instanceof String text) {
                TYPE.matcher(text)
                        .results()
                        .forEach(found -> types.add(found.group(1).replace('/', '.')));
            } else if (constants[i] instanceof Reference one && one.kind() == CLASS) {
                types.add(className(constants, i));
            } else if (constants[i] instanceof Reference one
                    && (one.kind() == METHOD || one.kind() == INTERFACE_METHOD)) {
                calls.add(call(constants, one));
            }
        }
        return new ClassCode(name, types, calls);
    }

    /** As JVMS 4.4 describes them; the first, and what follows a long or a double, is none. */
    private static @Nullable Object[] constants(DataInputStream in) throws IOException {
        @Nullable Object[] constants = new @Nullable Object[in.readUnsignedShort()];
        for (int i = 1; i < constants.length; i++) {
            int kind = in.readUnsignedByte();
            switch (kind) {
                case TEXT -> constants[i] = in.readUTF();
                case 3, 4 -> in.skipNBytes(4);
                case LONG, DOUBLE -> {
                    in.skipNBytes(8);
                    i++;
                }
                case CLASS, 8, 16, 19, 20 -> constants[i] = new Reference(kind, in.readUnsignedShort(), 0);
                case 15 -> constants[i] = new Reference(kind, in.readUnsignedByte(), in.readUnsignedShort());
                case 9, METHOD, INTERFACE_METHOD, 12, 17, 18 ->
                    constants[i] = new Reference(kind, in.readUnsignedShort(), in.readUnsignedShort());
                default -> throw new IOException("no class file, or a newer one: constant of kind " + kind);
            }
        }
        return constants;
    }

    private static Call call(@Nullable Object[] constants, Reference method) {
        Reference nameAndType = reference(constants, method.second());
        return new Call(
                className(constants, method.first()),
                text(constants, nameAndType.first()),
                text(constants, nameAndType.second()));
    }

    /** Of an array, the type of its elements. */
    private static String className(@Nullable Object[] constants, int place) {
        String internal = text(constants, reference(constants, place).first());
        Matcher element = TYPE.matcher(internal);
        return (element.find() ? element.group(1) : internal).replace('/', '.');
    }

    private static Reference reference(@Nullable Object[] constants, int place) {
        if (constants[place] instanceof Reference found) {
            return found;
        }
        throw new IllegalArgumentException("constant " + place + " refers to nothing");
    }

    private static String text(@Nullable Object[] constants, int place) {
        if (constants[place] instanceof String found) {
            return found;
        }
        throw new IllegalArgumentException("constant " + place + " is no text");
    }
}
