package io.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Runs commands in this JVM and keeps what they print. */
final class TestConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final LongSupplier clock;

    TestConsole() {
        this(System::nanoTime);
    }

    /** With a time of its own, in nanoseconds. */
    TestConsole(LongSupplier clock) {
        this.clock = clock;
    }

    int run(String... args) {
        return run(InputStream.nullInputStream(), out, args);
    }

    int runWithInput(String input, String... args) {
        return runWithInput(new ByteArrayInputStream(input.getBytes(UTF_8)), args);
    }

    int runWithInput(InputStream input, String... args) {
        return run(input, out, args);
    }

    int runTo(OutputStream target, String... args) {
        return run(InputStream.nullInputStream(), target, args);
    }

    /** Runs a tail beside the test, and returns when it has said READY. */
    CompletableFuture<Integer> tail(String... args) throws InterruptedException {
        return tailTo(out, args);
    }

    CompletableFuture<Integer> tailTo(OutputStream target, String... args) throws InterruptedException {
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> run(InputStream.nullInputStream(), target, args), task -> {
                    Thread thread = new Thread(task, "tail");
                    thread.setDaemon(true);
                    thread.start();
                });
        exitCode.whenComplete((code, failure) -> ready.countDown());
        if (!ready.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the tail did not become ready: " + err());
        }
        return exitCode;
    }

    String out() {
        return out.toString(UTF_8);
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    String err() {
        return err.toString(UTF_8);
    }

    /**
     * The lines that it has said besides, but for that it waits: a command says so after two seconds, which may pass anywhere on a
     * busy machine.
     */
    Stream<String> said() {
        return err().lines().filter(line -> !line.equals("eventbus: waiting for the broker"));
    }

    private int run(InputStream in, OutputStream target, String... args) {
        PrintWriter errors = new PrintWriter(err, true, UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.equals("READY")) {
                    ready.countDown();
                }
            }
        };
        return EventBusCommand.commandLine(new Console(in, target, errors, clock))
                .execute(args);
    }
}
