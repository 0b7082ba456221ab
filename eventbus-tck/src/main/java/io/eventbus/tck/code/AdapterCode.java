package io.eventbus.tck.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** The compiled classes of a transport: those in the package of its provider and below, where the provider comes from. */
public final class AdapterCode {

    private static final Set<String> TIMED = Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");

    private final ClassLoader loader;
    private final List<ClassCode> classes;

    private AdapterCode(ClassLoader loader, List<ClassCode> classes) {
        this.loader = loader;
        this.classes = classes;
    }

    /**
     * Reads the classes of a transport.
     *
     * @param provider the class of its provider
     * @return what they use
     */
    public static AdapterCode of(Class<?> provider) {
        CodeSource source = provider.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalArgumentException(provider + " comes from nowhere");
        }
        try {
            Path place = Path.of(source.getLocation().toURI());
            String folder = provider.getPackageName().replace('.', '/');
            if (Files.isDirectory(place)) {
                return new AdapterCode(provider.getClassLoader(), read(place.resolve(folder)));
            }
            try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                return new AdapterCode(provider.getClassLoader(), read(jar.getPath(folder)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(provider + " comes from " + source.getLocation(), e);
        }
    }

    /**
     * What the transport knows that it should not.
     *
     * @param allowed the packages that it may know, with all below them
     * @return each use of a type from elsewhere, but for the transport's own
     */
    public List<String> strangers(Collection<String> allowed) {
        Set<String> own = Set.copyOf(classes.stream().map(ClassCode::name).toList());
        return classes.stream()
                .flatMap(one -> one.types().stream()
                        .filter(type -> type.contains(".") && !own.contains(type))
                        .filter(type -> allowed.stream().noneMatch(prefix -> type.startsWith(prefix + ".")))
                        .map(type -> one.name() + " knows " + type))
                .sorted()
                .toList();
    }

    /** {@return each call that makes a thread, keeps a timer, sleeps, or borrows the JDK's common threads} */
    public List<String> threads() {
        return classes.stream()
                .flatMap(one ->
                        one.calls().stream().filter(this::isOfThreads).map(call -> one.name() + " calls " + call))
                .sorted()
                .toList();
    }

    private static List<ClassCode> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(AdapterCode::readOne)
                    .toList();
        }
    }

    private static ClassCode readOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ClassCode.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private boolean isOfThreads(Call call) {
        return isMaker(call) || isSleep(call) || isOnCommonPool(call);
    }

    private boolean isMaker(Call call) {
        boolean constructor = call.method().equals("<init>");
        return is(call, Executors.class)
                || is(call, Timer.class)
                || is(call, ScheduledExecutorService.class)
                || (constructor && (is(call, Thread.class) || is(call, ExecutorService.class)));
    }

    private boolean isSleep(Call call) {
        return call.method().equals("sleep") && (is(call, Thread.class) || is(call, TimeUnit.class));
    }

    private boolean isOnCommonPool(Call call) {
        boolean async =
                call.method().endsWith("Async") && !call.descriptor().contains("Ljava/util/concurrent/Executor;");
        boolean parallel = call.method().equals("parallel") && is(call, BaseStream.class);
        return (is(call, CompletionStage.class) && (async || TIMED.contains(call.method())))
                || (is(call, ForkJoinPool.class) && call.method().equals("commonPool"))
                || parallel
                || call.method().equals("parallelStream");
    }

    /** Whether a method is called on a type or one derived from it; not on one that is not there to be loaded. */
    private boolean is(Call call, Class<?> type) {
        try {
            return type.isAssignableFrom(Class.forName(call.owner(), false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
