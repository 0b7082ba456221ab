package io.eventbus.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RerunTest {

    private static final String IN_A_SUITE =
            "[engine:junit-platform-suite]/[suite:com.example.MyConformanceTest]/[engine:junit-jupiter]/[class:Rules]";

    @TempDir
    Path folder;

    @Test
    @DisplayName("a suite of a module beside others is run again from the folder above, with what it needs")
    void besideOthers() throws IOException {
        Path parent = Files.createFile(folder.resolve("pom.xml"));

        assertThat(Rerun.of(folder.resolve("module"), IN_A_SUITE, Set.of()).with(List.of("a=1")))
                .isEqualTo(
                        "mvn -f " + parent
                                + " test -am -pl module -Dtest=MyConformanceTest -Dsurefire.failIfNoSpecifiedTests=false -Da=1");
    }

    @Test
    @DisplayName("a suite of a project of one module is run again there")
    void alone() {
        Path module = folder.resolve("module");

        assertThat(Rerun.of(module, IN_A_SUITE, Set.of()).with(List.of("a=1")))
                .isEqualTo("mvn -f " + module.resolve("pom.xml") + " test -Dtest=MyConformanceTest -Da=1");
    }

    @Test
    @DisplayName("without a suite, the properties are named and where they go")
    void withoutSuite() {
        assertThat(Rerun.of(folder, "[engine:junit-jupiter]/[class:Rules]", Set.of())
                        .with(List.of("a=1")))
                .isEqualTo("with -Da=1 for the JVM of the test");
    }

    @Test
    @DisplayName("of a suite only what has the tags of the test is run again")
    void tagged() {
        assertThat(Rerun.of(folder, IN_A_SUITE, Set.of("FLT-7", "A")).with(List.of("a=1")))
                .isEqualTo("mvn -f " + folder.resolve("pom.xml")
                        + " test -Dtest=MyConformanceTest '-Dgroups=A&FLT-7' -Da=1");
    }

    @Test
    @DisplayName("what has a blank is quoted for the shell")
    void quoted() {
        Path module = folder.resolve("my module");

        assertThat(Rerun.of(module, IN_A_SUITE, Set.of()).with(List.of("file=a b")))
                .isEqualTo("mvn -f '" + module.resolve("pom.xml") + "' test -Dtest=MyConformanceTest '-Dfile=a b'");
    }
}
