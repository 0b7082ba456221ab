package io.eventbus.tck.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.tck.code.clean.Clean;
import io.eventbus.tck.code.wild.Wild;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is found in the compiled classes of a transport. */
class AdapterCodeTest {

    private static final List<String> ALLOWED = List.of("java", "org.jspecify", "io.eventbus.spi");

    @Test
    @DisplayName("Waiting, interrupting itself and running what others give threads for is no fault")
    void clean() {
        assertThat(AdapterCode.of(Clean.class).threads()).isEmpty();
        assertThat(AdapterCode.of(Clean.class).strangers(ALLOWED)).isEmpty();
    }

    @Test
    @DisplayName("Whatever makes a thread, keeps a timer, sleeps or borrows the common pool is found")
    void threads() {
        assertThat(AdapterCode.of(Wild.class).threads())
                .map(found -> found.substring(found.indexOf(" calls ") + " calls ".length()))
                .containsExactlyInAnyOrder(
                        "java.lang.Thread.<init>",
                        "java.lang.Thread.<init>",
                        "java.lang.Thread.sleep",
                        "java.util.Timer.<init>",
                        "java.util.concurrent.Executors.newCachedThreadPool",
                        "java.util.concurrent.ForkJoinPool.<init>",
                        "java.util.concurrent.ForkJoinPool.commonPool",
                        "java.util.concurrent.ScheduledExecutorService.schedule",
                        "java.util.concurrent.TimeUnit.sleep",
                        "java.util.concurrent.CompletableFuture.runAsync",
                        "java.util.concurrent.CompletableFuture.orTimeout",
                        "java.util.stream.Stream.parallel",
                        "java.util.List.parallelStream");
    }

    @Test
    @DisplayName("Types from elsewhere are found, called or only declared")
    void strangers() {
        String wild = Wild.class.getName();
        assertThat(AdapterCode.of(Wild.class).strangers(ALLOWED))
                .containsExactly(
                        wild + " knows io.eventbus.tck.Collected",
                        wild + " knows org.junit.jupiter.api.Assertions",
                        wild + " knows org.opentest4j.TestAbortedException");
    }

    @Test
    @DisplayName("A library in a jar is read as well")
    void jar() {
        assertThat(AdapterCode.of(Assertions.class).strangers(List.of("java")))
                .anyMatch(found -> found.contains("org.assertj.core.internal"));
    }
}
