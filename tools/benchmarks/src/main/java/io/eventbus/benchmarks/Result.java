package io.eventbus.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was found for one transport and one size.
 *
 * @param subject the transport
 * @param size the bytes of a payload
 * @param bus what each round found of the bus
 * @param raw what the same rounds found of the broker's own client; empty if there is none
 */
record Result(Subject subject, int size, List<Map<Quantity, Double>> bus, List<Map<Quantity, Double>> raw) {

    Spread bus(Quantity quantity) {
        return Spread.of(values(bus, quantity));
    }

    @Nullable Spread raw(Quantity quantity) {
        return raw.isEmpty() ? null : Spread.of(values(raw, quantity));
    }

    /** The bus by the raw client, in each round apart: what disturbs the machine for longer than a round falls out. */
    @Nullable Spread ratio(Quantity quantity) {
        if (raw.isEmpty()) {
            return null;
        }
        List<Double> busValues = values(bus, quantity);
        List<Double> rawValues = values(raw, quantity);
        return Spread.of(IntStream.range(0, busValues.size())
                .mapToObj(round -> busValues.get(round) / rawValues.get(round))
                .toList());
    }

    private static List<Double> values(List<Map<Quantity, Double>> rounds, Quantity quantity) {
        return rounds.stream().map(round -> round.get(quantity)).toList();
    }
}
