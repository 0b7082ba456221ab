package io.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PortBlockTest {

    @Test
    @DisplayName("Blocks that are open have no port in common, for brokers or for proxies")
    void disjoint() {
        List<PortBlock> blocks = new ArrayList<>();
        try {
            Set<Integer> ports = new HashSet<>();
            for (int number = 1; number <= 10; number++) {
                PortBlock block = PortBlock.reserve();
                blocks.add(block);
                ports.addAll(block.ofBroker(PortBlock.PROXIES));
                ports.addAll(block.ofProxies(PortBlock.PROXIES));
                assertThat(ports).hasSize(number * (PortBlock.ALWAYS + 2 * PortBlock.PROXIES));
            }
        } finally {
            blocks.forEach(PortBlock::close);
        }
    }
}
