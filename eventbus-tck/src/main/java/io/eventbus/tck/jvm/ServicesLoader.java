package io.eventbus.tck.jvm;

import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the whole class path afresh, beside the test's own classes, and makes {@link java.util.ServiceLoader} find exactly
 * certain transports in it.
 */
public final class ServicesLoader extends URLClassLoader {

    private static final String SERVICES = "META-INF/services/" + TransportProvider.class.getName();

    private final Path services;

    private ServicesLoader(URL[] classPath, Path services) {
        super(classPath, ClassLoader.getPlatformClassLoader());
        this.services = services;
    }

    /**
     * Makes a loader that is closed after the test.
     *
     * @param kit the test's kit
     * @param providers the names of the classes that are to be found
     * @return the loader
     */
    public static ServicesLoader of(Kit kit, String... providers) {
        try {
            Path services = Files.write(Scratch.folder(kit).resolve("services"), List.of(providers));
            URL[] classPath = ClassPath.ofThisJvm().entries().stream()
                    .map(ServicesLoader::url)
                    .toArray(URL[]::new);
            return kit.closing(new ServicesLoader(classPath, services));
        } catch (IOException e) {
            throw new Inconclusive("no file with the names of providers could be made", e);
        }
    }

    /**
     * Builds a bus, and closes it, with what this loader loads.
     *
     * @param request what {@link BuildProbe} is asked for
     * @return what it answers
     */
    public BuildProbe.Answer build(BuildProbe.Request request) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            Object probe = loadClass(BuildProbe.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            return BuildProbe.ask(probe, request);
        } catch (ReflectiveOperationException e) {
            throw new Inconclusive("the bus cannot be loaded afresh", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public @Nullable URL findResource(String name) {
        return name.equals(SERVICES) ? url(services) : super.findResource(name);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return name.equals(SERVICES) ? Collections.enumeration(List.of(url(services))) : super.findResources(name);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new Inconclusive("no URL for " + path, e);
        }
    }
}
