package io.eventbus.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventbus.cli.spoilt.SpoiltProvider;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The document of all options is what the transports say of themselves. */
class OptionsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "options.md");

    @Test
    @DisplayName("docs/options.md has every option of every transport, as the transport describes it")
    void complete() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as("docs/options.md, whose tables are to be copied from here")
                .endsWith(ServiceLoader.load(TransportProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(provider -> !(provider instanceof SpoiltProvider))
                        .sorted(Comparator.comparing(TransportProvider::name))
                        .map(OptionsDocumentTest::table)
                        .collect(joining("\n")));
    }

    private static String table(TransportProvider provider) {
        return "## " + provider.name() + "\n\n| option | value | default | meaning |\n|---|---|---|---|\n"
                + provider.options().stream().map(OptionsDocumentTest::row).collect(joining());
    }

    private static String row(OptionDescriptor option) {
        String name = option.type() == OptionDescriptor.Type.PREFIX ? option.name() + "…" : option.name();
        String initial = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
        return "| `" + name + "` | " + value(option) + " | " + initial + " | " + option.meaning() + " |\n";
    }

    private static String value(OptionDescriptor option) {
        return switch (option.type()) {
            case TEXT, PREFIX -> "text";
            case INTEGER -> "a whole number above zero";
            case DURATION -> "a time such as `500ms`, `30s`, `5m`";
            case CHOICE ->
                option.choices().stream().map(choice -> "`" + choice + "`").collect(joining(", "));
        };
    }
}
