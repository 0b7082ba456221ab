package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventbus.internal.Engine;
import io.eventbus.spi.Capability;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.spi.StartFrom;
import io.eventbus.spi.TransportConfig;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a bus is configured, and what is said of what is wrong. */
class EventBusBuilderTest {

    private record Unregistered(String text) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stub://user:canary@ho st",
                "stub://user:canary@host:port/%",
                "//user:canary@host",
                "user canary@host",
                "stub://canary@host:65536",
                "stub://user:12/canary@host",
                "stub://user:1/2/canary@host",
                "stub://user:canary?@host",
                "stub://user:x?canary@host",
                "stub://user:x#canary@host",
                "stub://host?password=canary%",
                "stub://host?canary%zz=1",
                "stub:a?=canary"
            })
    @DisplayName("a malformed URL is refused, saying what would be right, without its secrets")
    void malformedUrl(String url) {
        assertRefused(builder().url(url), "malformed URL", "expected something like")
                .noneMatch(problem -> problem.contains("canary"));
    }

    @Test
    @DisplayName("a malformed URL is shown with its password masked")
    void maskedUrl() {
        assertRefused(builder().url("stub://user:pa:ss@word@ho st/x?y=z"), "stub://***@ho st/x:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stub://user:can@ary@host",
                "stub://us@er:canary@host:1",
                "stub://user:c@nary@host,host",
                "stub://user:can/ary@host"
            })
    @DisplayName("a login that is not escaped is refused with how it is written")
    void unescapedLogin(String url) {
        assertRefused(builder().url(url), "in a user or a password, @ : / are written %40 %3A %2F");
    }

    @Test
    @DisplayName("what a malformed URL should be like has its own scheme")
    void exampleOfScheme() {
        assertRefused(builder().url("stub://"), "something like stub://user:password@host:port")
                .noneMatch(problem -> problem.contains("amqp"));
        assertRefused(builder().url("//host"), "something like amqp://user:password@host:5672 or memory:name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:5672", "host/x", "//host", ":5672"})
    @DisplayName("a URL without a scheme is refused as such")
    void noScheme(String url) {
        assertRefused(builder().url(url), "it has no scheme");
    }

    @Test
    @DisplayName("a scheme that no transport has is refused, with the schemes that there are")
    void unknownScheme() {
        assertRefused(builder().url("nosuch://host"), "scheme nosuch", "found stub (stub)")
                .noneMatch(problem -> problem.contains(StubProvider.class.getName()));
    }

    @Test
    @DisplayName("the case of the scheme does not matter")
    void schemeOfAnyCase() {
        builder().url("STUB:a").build().close();
    }

    @Test
    @DisplayName("a misspelt option is refused with the right one, and all that there are")
    void unknownOption() {
        assertRefused(
                builder().option("stub.pool-sise", "4"),
                "unknown option stub.pool-sise",
                "did you mean stub.pool-size?",
                "stub.client.*, stub.lease, stub.mode, stub.pool-size");
    }

    @Test
    @DisplayName("a setting of the client library is taken under its prefix, and is not there unless it is given")
    void clientSetting() {
        Map<String, String> options = config(builder -> builder.url("stub:a").option("stub.client.linger.ms", "5"))
                .transport()
                .options();
        assertThat(options)
                .containsEntry("stub.client.linger.ms", "5")
                .doesNotContainKeys("stub.client.", "stub.client.buffer.size");
    }

    @Test
    @DisplayName("a setting that the client library does not know is refused with the right one")
    void unknownClientSetting() {
        assertRefused(
                builder().option("stub.client.linger.msec", "5"),
                "unknown option stub.client.linger.msec",
                "did you mean stub.client.linger.ms?");
        assertRefused(builder().option("stub.client.", "5"), "unknown option stub.client.");
    }

    @Test
    @DisplayName("an option that resembles none is refused without a guess")
    void strangeOption() {
        assertRefused(builder().option("other.thing", "4"), "unknown option other.thing;")
                .noneMatch(problem -> problem.contains("did you mean"));
    }

    @Test
    @DisplayName("a bad value is refused by the option's name, without the value, which may be a secret")
    void badValue() {
        assertRefused(builder().option("stub.lease", "canary"), "stub.lease", "expected a duration")
                .noneMatch(problem -> problem.contains("canary"));
    }

    @Test
    @DisplayName("what the transport cannot use is refused with the transport's own words")
    void transportRefuses() {
        assertRefused(builder().url("stub:refused"), "the transport stub", "this URL makes no sense");
    }

    @Test
    @DisplayName("without a topic no bus is built")
    void noTopic() {
        assertRefused(EventBus.builder().transport(new StubProvider()).url("stub:a"), "topic has 0 characters");
    }

    @Test
    @DisplayName("several problems are reported at once, a sentence each")
    void severalProblems() {
        EventBusBuilder builder = EventBus.builder()
                .transport(new StubProvider())
                .url("stub:a?mode=slow")
                .namespace("n\u001f")
                .group(" g")
                .member("m\n")
                .option("stub.nosuch", "1")
                .events(EventDefinition.of(Unregistered.class, "", "Type").version(0));
        assertRefused(
                        builder,
                        "namespace",
                        "topic",
                        "group",
                        "member",
                        "stub.nosuch",
                        "stub.mode",
                        "aggregate type of",
                        "schema version of")
                .hasSize(8);
    }

    @Test
    @DisplayName(
            "options are taken from the builder before the URL, from the URL with or without prefix, and else by default")
    void options() {
        Map<String, String> options = config(builder -> builder.url("stub:a?stub.mode=safe&lease=5s&pool-size=1")
                        .option("stub.pool-size", "2"))
                .transport()
                .options();
        assertThat(options).isEqualTo(Map.of("stub.mode", "safe", "stub.lease", "5s", "stub.pool-size", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stub:a?mode=safe&mode=safe", "stub:a?mode=safe&stub.mode=fast"})
    @DisplayName("an option that a URL has twice is refused, with its prefix or without")
    void optionTwice(String url) {
        assertRefused(builder().url(url), "the URL has the option stub.mode more than once");
    }

    @Test
    @DisplayName("the transport gets the URL without its query")
    void urlWithoutQuery() {
        assertThat(config(builder -> builder.url("stub:a?mode=safe"))
                        .transport()
                        .url())
                .isEqualTo(URI.create("stub:a"));
    }

    @Test
    @DisplayName("each bus is another member unless it is given a name")
    void randomMember() {
        assertThat(config(builder -> builder).member())
                .isNotEqualTo(config(builder -> builder).member());
    }

    @Test
    @DisplayName("the source is the topic unless it is given")
    void sourceIsTopic() {
        assertThat(config(builder -> builder).source()).isEqualTo("topic");
    }

    @Test
    @DisplayName("the configuration of a transport shows neither URL nor values of options when it is printed")
    void configurationHidesSecrets() {
        TransportConfig config = config(
                        builder -> builder.url("stub://user:canary@host").option("stub.lease", "987654s"))
                .transport();
        assertThat(config.toString()).doesNotContain("canary").doesNotContain("987654");
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    @DisplayName("a capability that the transport lacks cannot be required")
    void lackingCapability(Capability capability) {
        assertUnsupported(capability, builder().require(capability));
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    @DisplayName("a capability that the transport has can be required")
    void presentCapability(Capability capability) {
        builder()
                .transport(new StubProvider(Set.of(capability)))
                .require(capability)
                .build()
                .close();
    }

    @Test
    @DisplayName("what needs a capability is refused where it is lacking")
    void settingsThatNeedCapabilities() {
        assertUnsupported(Capability.RETAINED, builder().startFrom(StartFrom.EARLIEST));
        assertUnsupported(Capability.GROUP_KEY_ORDER, builder().ordering(Ordering.KEY_ACROSS_MEMBERS));
        assertUnsupported(Capability.DELIVERY_COUNT, builder().maxDeliveries(3));
    }

    @Test
    @DisplayName("a subscription that is not ephemeral is refused on a bus without a group")
    void subscriptionWithoutGroup() {
        try (EventBus bus = builder().build()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> bus.subscribeToAllEvents(event -> {}))
                    .withMessageContaining("group(...)");
        }
    }

    @Test
    @DisplayName("questions about the group are refused on a bus without one")
    void questionsWithoutGroup() {
        try (EventBus bus = builder().build()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(bus::deadLetters)
                    .withMessageContaining("no group");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(bus::queueInfo)
                    .withMessageContaining("no group");
        }
    }

    @Test
    @DisplayName("a subscription to a class that is not registered is refused by name")
    void subscriptionToUnregistered() {
        try (EventBus bus = builder().group("group").build()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> bus.subscribe(Unregistered.class, event -> {}))
                    .withMessageContainingAll(Unregistered.class.getName(), "events(...)");
        }
    }

    @Test
    @DisplayName("a bus that is not started publishes nothing")
    void publishingBeforeStart() {
        try (EventBus bus = builder().build()) {
            assertThatExceptionOfType(BusStateException.class)
                    .isThrownBy(() -> bus.publish("anything"))
                    .withMessageContaining("start()");
        }
    }

    @Test
    @DisplayName("numbers and times that make no sense are refused by name")
    void senselessSettings() {
        Map<String, Runnable> settings = Map.of(
                "handlerConcurrency", () -> builder().handlerConcurrency(0),
                "maxInFlight", () -> builder().maxInFlight(0),
                "maxDeliveries", () -> builder().maxDeliveries(0),
                "maxPublishesInFlight", () -> builder().maxPublishesInFlight(0),
                "publishTimeout", () -> builder().publishTimeout(Duration.ZERO),
                "openTimeout", () -> builder().openTimeout(Duration.ZERO),
                "closeTimeout", () -> builder().closeTimeout(Duration.ofMillis(-1)),
                "delay", () -> builder().reconnectBackoff(Duration.ZERO, Duration.ZERO),
                "maxDelay", () -> builder().reconnectBackoff(Duration.ofMillis(2), Duration.ofMillis(1)));
        settings.forEach((name, setting) -> assertThatIllegalArgumentException()
                .isThrownBy(setting::run)
                .withMessageContainingAll(name, "expected"));
    }

    @Test
    @DisplayName("times that are longer than the bus can count in are refused by name")
    void endlessTimes() {
        Duration endless = ChronoUnit.FOREVER.getDuration();
        Map<String, Runnable> settings = Map.of(
                "publishTimeout", () -> builder().publishTimeout(endless),
                "openTimeout", () -> builder().openTimeout(endless),
                "closeTimeout", () -> builder().closeTimeout(endless),
                "delay", () -> builder().reconnectBackoff(endless, endless),
                "maxDelay", () -> builder().reconnectBackoff(Duration.ofMillis(1), endless),
                "initialDelay", () -> RetryPolicy.defaults().withBackoff(endless, endless),
                "handlerTimeout", () -> SubscriptionOptions.defaults().withHandlerTimeout(endless));
        settings.forEach((name, setting) -> assertThatIllegalArgumentException()
                .isThrownBy(setting::run)
                .withMessageContainingAll(name, "at most 365 days"));
        assertRefused(builder().option("stub.lease", "3000000h"), "stub.lease", "at most 365 days");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT8760H0.000000001S"})
    @DisplayName("a transport whose broker lets nobody hold anything, or for longer than can be counted, is refused")
    void impossibleHoldLimit(Duration limit) {
        assertRefused(
                builder().transport(new StubProvider(Set.of(), Optional.of(limit))),
                "the hold limit of the transport stub is " + limit,
                "at most 365 days");
    }

    @Test
    @DisplayName("the longest times that are taken do not keep a bus from closing")
    void longestTimes() {
        Duration longest = OptionDescriptor.LONGEST_DURATION;
        EventBus bus = builder()
                .publishTimeout(longest)
                .openTimeout(longest)
                .closeTimeout(longest)
                .reconnectBackoff(longest, longest)
                .build();
        bus.close();
        assertThat(bus.shutdownReport()).isPresent();
    }

    private static EventBusBuilder builder() {
        return EventBus.builder().transport(new StubProvider()).url("stub:a").topic("topic");
    }

    /** The configuration that the engine would get. */
    private static BusConfig config(UnaryOperator<EventBusBuilder> settings) {
        AtomicReference<BusConfig> seen = new AtomicReference<>();
        settings.apply(builder())
                .engine((config, transport) -> {
                    seen.set(config);
                    return new Engine(config, transport);
                })
                .build()
                .close();
        return seen.get();
    }

    private static ListAssert<String> assertRefused(EventBusBuilder builder, String... parts) {
        ConfigurationException refusal = catchThrowableOfType(ConfigurationException.class, builder::build);
        assertThat(refusal).isNotNull().hasMessageContainingAll(parts);
        List<String> problems = refusal.problems();
        return assertThat(problems);
    }

    private static void assertUnsupported(Capability capability, EventBusBuilder builder) {
        assertThatExceptionOfType(UnsupportedCapabilityException.class)
                .isThrownBy(builder::build)
                .withMessageContainingAll("stub", capability.name())
                .satisfies(refusal -> assertThat(refusal.capability()).isEqualTo(capability));
    }
}
