package io.eventbus.cli.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventbus.cli.fuzz.Malformed.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Makes malformed input: the same for the same seed. What it mutates may come out well-formed, and then is handled. No two
 * are alike in body and id, so that none stands in for another that is missing.
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

    /** With the message's number; what has no place for it gets an id. */
    private static final List<String> FOREIGN =
            List.of("plain text %d", "a;b;c\n1;2;%d\n", "<order id=\"%d\"/>", "{\"orderId\":%d}", "[]", "null", "");

    /** A body of random bytes that is shorter may come twice. */
    private static final int UNIQUE = 16;

    /** Those of other things, on one broker or another, and what only looks like them. */
    private static final List<String> NAMES = List.of(
            "",
            " ",
            "\u0000=\n",
            "\u00e4\u20ac\ud83d\ude00",
            "traceparent",
            "content-type",
            "Content-Type",
            "data",
            "Data",
            "key",
            "ce_",
            "ce_tenant",
            "ce_specversion",
            "CE_tenant",
            "ce_eb-h-tenant",
            "cloudEvents:region",
            "cloudEvents_zone",
            "cloudEvents:specversion",
            "cloudEvents:eb-h-zone",
            "cc",
            "Bcc",
            "X-Death",
            "x-first-death-queue",
            "x-delivery-count",
            "x-routed-by",
            "eb-",
            "eb-unknown",
            "eb-replays",
            "eb-not-before",
            "eb-routing-key",
            "eb-h-shop",
            "eb-h-eb-replays",
            "eb-h-ce_id",
            "eb-h-x-death");

    /** What UTF-8 has one to four bytes for, and what JSON, a table or a line would end at. */
    private static final List<String> LETTERS = List.of(
            "a",
            "Z",
            "0",
            " ",
            ";",
            "=",
            "%",
            "\"",
            "\\",
            "\n",
            "\u0000",
            "\u007f",
            "\u00e4",
            "\u20ac",
            "\u2028",
            "\ufeff",
            "\ufffd",
            "\ud83d\ude00");

    private final Random random;
    private long made;

    Mill(long seed) {
        random = new Random(seed);
    }

    /** The first has nothing at all. */
    Malformed next() {
        made++;
        if (made == 1) {
            return new Malformed(Map.of(), List.of(), new byte[0]);
        }
        return switch (random.nextInt(5)) {
            case 0 -> randomBytes();
            case 1 -> truncated();
            case 2 -> new Malformed(attributes(), List.of(), mutated(body()));
            case 3 -> new Malformed(wrongAttributes(), headers(), body());
            default -> foreign(FOREIGN.get(random.nextInt(FOREIGN.size())));
        };
    }

    private Malformed randomBytes() {
        byte[] body = bytes(random.nextInt(LARGEST));
        return foreign(body, body.length >= UNIQUE);
    }

    private Malformed foreign(String body) {
        byte[] bytes = String.format(Locale.ROOT, body, made).getBytes(UTF_8);
        return foreign(bytes, body.contains("%d"));
    }

    private Malformed foreign(byte[] body, boolean isUnique) {
        Map<String, byte[]> attributes = isUnique ? Map.of() : Map.of("id", id());
        return new Malformed(attributes, headers(), body);
    }

    private Malformed truncated() {
        byte[] whole = body();
        byte[] part = new byte[random.nextInt(whole.length)];
        System.arraycopy(whole, 0, part, 0, part.length);
        return new Malformed(attributes(), List.of(), part);
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
        attributes.put("id", id());
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

    private byte[] id() {
        return ("id-" + made).getBytes(UTF_8);
    }

    private List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(new Header(headerName(), headerValue()));
        }
        if (!headers.isEmpty() && random.nextInt(10) == 0) {
            headers.add(new Header(headers.get(0).name(), headerValue()));
        }
        if (random.nextInt(10) == 0) {
            headers.add(new Header("eb-dl-reason", bytes(random.nextInt(20))));
            headers.add(new Header(
                    "eb-dl-attempts", VALUES.get(random.nextInt(VALUES.size())).getBytes(UTF_8)));
        }
        return headers;
    }

    private String headerName() {
        return random.nextBoolean()
                ? "h" + Integer.toHexString(random.nextInt())
                : NAMES.get(random.nextInt(NAMES.size()));
    }

    private byte[] headerValue() {
        int length = random.nextInt(50);
        return random.nextBoolean() ? bytes(length) : text(length);
    }

    private byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString().getBytes(UTF_8);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
