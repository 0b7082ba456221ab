package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.ConfigurationException;
import io.eventbus.EventBusBuilder;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.TransportProvider;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.fault.ExtraOptionsProvider;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** DSC: what is configured is checked, and takes effect. */
@Conformance
public class ConfigurationRules {

    private static final Duration NEGATIVE = Duration.ofMillis(-1);

    /** By the name that the message has to contain. */
    private static final Map<String, Consumer<EventBusBuilder>> SENSELESS = Map.of(
            "handlerConcurrency", builder -> builder.handlerConcurrency(0),
            "maxInFlight", builder -> builder.maxInFlight(-1),
            "maxDeliveries", builder -> builder.maxDeliveries(0),
            "maxPublishesInFlight", builder -> builder.maxPublishesInFlight(0),
            "publishTimeout", builder -> builder.publishTimeout(NEGATIVE),
            "openTimeout", builder -> builder.openTimeout(Duration.ZERO),
            "closeTimeout", builder -> builder.closeTimeout(NEGATIVE),
            "delay", builder -> builder.reconnectBackoff(Duration.ZERO, Duration.ofSeconds(1)),
            "maxDelay", builder -> builder.reconnectBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));

    /** Run by JUnit. */
    public ConfigurationRules() {}

    @Test
    @Rule("DSC-4")
    @DisplayName("a misspelt option is refused by name, with the right name")
    final void misspeltOptionIsRefused(Kit kit) {
        TransportProvider provider = new ExtraOptionsProvider(kit.provider(), "extra");
        for (OptionDescriptor option : provider.options()) {
            String right = fullName(provider, option);
            String misspelt = right + "q";
            String message = refusal(builder(kit, provider).option(misspelt, option.defaultValue()));
            assertContains(message, "unknown option " + misspelt, "did you mean " + right + "?");
        }
    }

    @Test
    @Rule("DSC-4")
    @DisplayName("an unknown option in the URL is refused by name")
    final void unknownOptionInUrlIsRefused(Kit kit) {
        String url = withQuery(kit.environment().url(), "nosuch=1");
        String message = refusal(builder(kit, kit.provider()).url(url));
        assertContains(message, "unknown option " + kit.provider().name() + ".nosuch");
    }

    @Test
    @Rule("DSC-4")
    @DisplayName("a value that an option cannot have is refused by the option's name, saying what would be right")
    final void badValueIsRefused(Kit kit) {
        for (OptionDescriptor option : kit.provider().options()) {
            for (String value : badValues(option)) {
                String message = refusal(builder(kit, kit.provider()).option(option.name(), value));
                assertContains(message, "option " + option.name(), "expected");
            }
        }
    }

    @Test
    @Rule("DSC-4")
    @DisplayName("all that is wrong is reported at once")
    final void allProblemsAreReported(Kit kit) {
        EventBusBuilder builder = kit.looseBuilder(kit.environment().url())
                .group(" group")
                .member("")
                .option(kit.provider().name() + ".nosuch", "1");
        ConfigurationException refusal = assertThrows(ConfigurationException.class, builder::build);
        assertEquals(4, refusal.problems().size(), () -> refusal.problems().toString());
        assertContains(String.valueOf(refusal.getMessage()), "topic", "group", "member", ".nosuch");
    }

    @Test
    @Rule("DSC-4")
    @DisplayName("a number or time that makes no sense is refused by its name")
    final void senselessSettingIsRefused(Kit kit) {
        SENSELESS.forEach((name, setting) -> {
            EventBusBuilder builder = builder(kit, kit.provider());
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> setting.accept(builder), name);
            assertContains(String.valueOf(refusal.getMessage()), name, "expected");
        });
    }

    @Test
    @Rule("DSC-4")
    @DisplayName("options reach the transport: what the builder is given before what the URL says, before the default")
    final void optionsReachTheTransport(Kit kit) {
        ExtraOptionsProvider provider = new ExtraOptionsProvider(kit.provider(), "a", "b", "c", "d");
        String prefix = provider.name() + ".";
        String url = withQuery(kit.environment().url(), "a=url&" + prefix + "b=url%20%26&c=url");
        builder(kit, provider).url(url).option(prefix + "c", "builder").build().close();
        Map<String, String> received = provider.received();
        assertEquals(
                List.of("url", "url &", "builder", "default"),
                List.of("a", "b", "c", "d").stream()
                        .map(name -> received.get(prefix + name))
                        .toList());
    }

    /** Of the many that a prefix stands for, one that is not easily taken for another. */
    private static String fullName(TransportProvider provider, OptionDescriptor option) {
        return option.type() == OptionDescriptor.Type.PREFIX
                ? option.name() + Collections.max(provider.namesBelow(option), Comparator.comparingInt(String::length))
                : option.name();
    }

    private static List<String> badValues(OptionDescriptor option) {
        return switch (option.type()) {
            case TEXT, PREFIX -> List.of();
            case INTEGER -> List.of("", "0", "-1", "1.5", "many");
            case DURATION -> List.of("", "-5s", "5", "5 parsecs", "soon", "3000000h");
            case CHOICE -> List.of("", "no such choice");
        };
    }

    private static String refusal(EventBusBuilder builder) {
        return String.valueOf(
                assertThrows(ConfigurationException.class, builder::build).getMessage());
    }

    private static void assertContains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
        }
    }

    private static String withQuery(String url, String query) {
        return url + (url.contains("?") ? "&" : "?") + query;
    }

    private static EventBusBuilder builder(Kit kit, TransportProvider provider) {
        return kit.looseBuilder(kit.environment().url())
                .transport(provider)
                .topic(kit.name("topic"))
                .group(kit.name("group"));
    }
}
