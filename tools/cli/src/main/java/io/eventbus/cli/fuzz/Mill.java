package io.eventbus.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes malformed input: the same for the same seed. What it mutates may come out well-formed, and then is handled.
 */
final class Mill {
    private static final int LARGEST = 2_000;
    private static final List<String> ATTRIBUTES = List.of(
            "id",
            "type",
            "source",
            "time",
            "specversion",
            "aggregatetype",
            "partitionkey",
            "schemaversion",
            "sequence");
    private static final List<String> VALUES = List.of(
            "", " ", "yesterday", "-1", "1.5", "99999999999999999999", "\u0000", "null", "{}", "2026-02-30T25:61:00Z");
    private static final List<String> FOREIGN =
            List.of("plain text", "a;b;c\n1;2;3\n", "<order id=\"1\"/>", "{\"orderId\":1}", "[]", "null", "");

    private final Random random;
    private long made;

    Mill(long seed) {
        random = new Random(seed);
    }

    Malformed next() {
        made++;
        return switch (random.nextInt(5)) {
            case 0 -> new Malformed(Map.of(), headers(), bytes(random.nextInt(LARGEST)));
            case 1 -> truncated();
            case 2 -> new Malformed(attributes(), Map.of(), mutated(body()));
            case 3 -> new Malformed(wrongAttributes(), headers(), body());
            default ->
                new Malformed(
                        Map.of(),
                        headers(),
                        FOREIGN.get(random.nextInt(FOREIGN.size())).getBytes(UTF_8));
        };
    }

    private Malformed truncated() {
        byte[] whole = body();
        byte[] part = new byte[random.nextInt(whole.length)];
        System.arraycopy(whole, 0, part, 0, part.length);
        return new Malformed(attributes(), Map.of(), part);
    }

    private byte[] mutated(byte[] body) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        return body;
    }

    private byte[] body() {
        return ("{\"id\":\"k-" + made + "\",\"number\":" + made + ",\"text\":\"" + "x".repeat(random.nextInt(200))
                        + "\"}")
                .getBytes(UTF_8);
    }

    /** Those of a real message of {@link Fuzzed}. */
    private Map<String, byte[]> attributes() {
        Map<String, byte[]> attributes = new HashMap<>();
        attributes.put("id", ("id-" + made).getBytes(UTF_8));
        attributes.put("type", "Fuzzed".getBytes(UTF_8));
        attributes.put("aggregatetype", "Fuzz".getBytes(UTF_8));
        attributes.put("source", "fuzz".getBytes(UTF_8));
        attributes.put("specversion", "1.0".getBytes(UTF_8));
        attributes.put("time", "2026-01-01T00:00:00Z".getBytes(UTF_8));
        attributes.put("schemaversion", "1".getBytes(UTF_8));
        attributes.put("partitionkey", ("k-" + made % 100).getBytes(UTF_8));
        return attributes;
    }

    private Map<String, byte[]> wrongAttributes() {
        Map<String, byte[]> attributes = attributes();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
            switch (random.nextInt(4)) {
                case 0 -> attributes.remove(name);
                case 1 -> attributes.put(name, bytes(random.nextInt(50)));
                case 2 ->
                    attributes.put(name, "y".repeat(random.nextInt(LARGEST)).getBytes(UTF_8));
                default ->
                    attributes.put(
                            name, VALUES.get(random.nextInt(VALUES.size())).getBytes(UTF_8));
            }
        }
        return attributes;
    }

    private Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.put("h" + Integer.toHexString(random.nextInt()), bytes(random.nextInt(50)));
        }
        if (random.nextInt(10) == 0) {
            headers.put("eb-dl-reason", bytes(random.nextInt(20)));
            headers.put(
                    "eb-dl-attempts", VALUES.get(random.nextInt(VALUES.size())).getBytes(UTF_8));
        }
        return headers;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
