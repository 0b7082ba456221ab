package io.eventbus.benchmarks;

import java.nio.ByteBuffer;

/** The payload that raw clients send: a time, and zeros up to the size. */
final class Body {
    private Body() {}

    static byte[] of(long time, int size) {
        return ByteBuffer.allocate(size).putLong(time).array();
    }

    static long time(byte[] body) {
        return ByteBuffer.wrap(body).getLong();
    }
}
