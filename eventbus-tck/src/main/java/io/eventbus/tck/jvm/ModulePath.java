package io.eventbus.tck.jvm;

import io.eventbus.tck.Inconclusive;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The modules that a program needs which has run on the class path before: what it was loaded from, and whatever else on the
 * class path has a descriptor. A directory without one, of which a build has not made a jar yet, becomes a jar.
 *
 * @param entries directories and jars
 * @param roots the names of the modules from which the program was loaded, those of the JDK left out
 */
public record ModulePath(List<Path> entries, List<String> roots) {

    /** Copies both. */
    public ModulePath {
        entries = List.copyOf(entries);
        roots = List.copyOf(roots);
    }

    /**
     * Finds the modules. Those of the kit are none of them: its programs run on the class path.
     *
     * @param log what the program's classes were loaded from
     * @param folder where jars may be made
     * @return the modules
     */
    public static ModulePath of(ClassLog log, Path folder) {
        Path kit = ClassPath.locationOf(ModulePath.class);
        List<Path> entries = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        for (Path origin : log.origins()) {
            if (!origin.equals(kit)) {
                Path entry = module(origin).isPresent() ? origin : packed(origin, folder);
                entries.add(entry);
                roots.add(module(entry)
                        .orElseThrow(() -> new Inconclusive("a module in " + entry))
                        .name());
            }
        }
        ClassPath.ofThisJvm().entries().stream().filter(ModulePath::isDescribed).forEach(entries::add);
        return new ModulePath(entries, roots);
    }

    private static boolean isDescribed(Path entry) {
        return module(entry).filter(module -> !module.isAutomatic()).isPresent();
    }

    private static Optional<ModuleDescriptor> module(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .findFirst();
        } catch (FindException e) {
            return Optional.empty();
        }
    }

    /** The jar gets a name that a module can have, whatever the directory is called. */
    private static Path packed(Path directory, Path folder) {
        Path jar = folder.resolve("packed" + Integer.toUnsignedString(directory.hashCode()) + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> content = Files.walk(directory)) {
            for (Path path : content.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString().replace('\\', '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(path, out);
            }
            return jar;
        } catch (IOException e) {
            throw new Inconclusive("a jar from " + directory, e);
        }
    }
}
