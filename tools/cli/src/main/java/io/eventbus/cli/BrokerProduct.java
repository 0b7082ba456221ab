package io.eventbus.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** A broker that can be started for a demo. */
enum BrokerProduct {
    RABBITMQ,
    REDIS,
    KAFKA;

    /**
     * Reads what was written on the command line, in upper or lower case.
     *
     * @throws TypeConversionException if there is none of that name
     */
    static BrokerProduct parse(String text) {
        return Stream.of(values())
                .filter(product -> product.toString().equalsIgnoreCase(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of " + List.of(values()) + ", but was '" + text + "'"));
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
