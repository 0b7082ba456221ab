package io.eventbus.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventbus.BusError;
import io.eventbus.EventBus;
import io.eventbus.EventBusBuilder;
import io.eventbus.EventBusException;
import io.eventbus.spi.OptionDescriptor;
import io.eventbus.tck.BusUnderTest;
import io.eventbus.tck.Collected;
import io.eventbus.tck.Conformance;
import io.eventbus.tck.Inconclusive;
import io.eventbus.tck.Kit;
import io.eventbus.tck.Rule;
import io.eventbus.tck.Sample;
import io.eventbus.tck.jvm.ChildJvm;
import io.eventbus.tck.jvm.SecretsProgram;
import io.eventbus.tck.net.TcpProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEC: what is secret in the configuration stays so. */
@Conformance
public class SecretRules {

    /** Ways in which a password spoils a URL, each with the secret where it might be shown. */
    private static final List<String> SPOILT_PASSWORDS = List.of(
            "%s",
            "%s/x",
            "x/%s",
            "1/%s",
            "1/2/%s",
            "%s?x",
            "x?%s",
            "x?y=%s",
            "%s#x",
            "x#%s",
            "%s@x",
            "x@%s",
            "x:%s",
            "%%%s",
            "x%%%s",
            "x %s",
            "x[%s",
            "%s\\x",
            "x?%%%s=y");

    /** Run by JUnit. */
    public SecretRules() {}

    @Test
    @Rule("SEC-3")
    @DisplayName("a URL that a password has spoilt is refused, or taken, without showing the password")
    final void spoiltUrl(Kit kit) {
        String scheme = URI.create(kit.environment().url()).getScheme();
        for (String spoilt : SPOILT_PASSWORDS) {
            for (String prefix : List.of(scheme + "://", scheme + ":", "nosuch://", "//", "")) {
                String canary = canary();
                String url = prefix + "user:" + spoilt.formatted(canary) + "@127.0.0.1:1";
                assertHidden(canary, shownByBuilding(builder(kit).url(url)), url);
            }
        }
    }

    @Test
    @Rule("SEC-3")
    @DisplayName("an option is refused without showing its value, wherever it was given")
    final void badOption(Kit kit) {
        List<String> names = Stream.concat(
                        kit.provider().options().stream().map(OptionDescriptor::name),
                        Stream.of(kit.provider().name() + ".nosuch"))
                .toList();
        for (String name : names) {
            String canary = canary();
            String url = kit.environment().url();
            String query = (url.contains("?") ? "&" : "?") + name + "=" + canary;
            assertHidden(canary, shownByBuilding(builder(kit).option(name, canary)), name);
            assertHidden(canary, shownByBuilding(builder(kit).url(url + query)), name);
        }
    }

    @Test
    @Rule("SEC-3")
    @DisplayName("a wrong password fails the start, and is not shown")
    final void wrongPassword(Kit kit) {
        kit.requireNetwork();
        String canary = canary();
        String shown = shownByFailedStart(kit, withPassword(kit.environment().url(), canary));
        assertHidden(canary, shown, "the start");
    }

    @Test
    @Rule("SEC-3")
    @DisplayName("an unreachable broker fails the start, and the password is not shown")
    final void unreachableBroker(Kit kit) {
        String canary = canary();
        String shown = shownByFailedStart(kit, withPassword(unreachable(kit), canary));
        assertHidden(canary, shown, "the start");
    }

    @Test
    @Rule("SEC-3")
    @DisplayName("a lost connection is reported without showing the password")
    final void lostConnection(Kit kit) {
        kit.requireNetwork();
        Collected<BusError> errors = new Collected<>();
        BusUnderTest bus = kit.bus(
                kit.name("topic"), builder -> builder.group(kit.name("group")).onError(errors::add));
        bus.bus().subscribe(Sample.Placed.class, event -> {});
        bus.start();
        bus.proxy().orElseThrow().cut();
        kit.await().precondition().count("the report of the loss", errors, 1);
        String shown = errors.snapshot().stream()
                .map(error -> error + "\n" + trace(error.cause()))
                .collect(Collectors.joining("\n"));
        String password = password(kit.environment().url());
        Inconclusive.unless(password.length() > 5, "a password that is not found everywhere");
        assertHidden(password, shown + bus.bus().health(), "the report");
    }

    @Test
    @Rule("SEC-3")
    @DisplayName("in success and failure, down to the finest log, a program shows no secret")
    final void wholeProgram(Kit kit) {
        String canary = canary();
        String url = kit.environment().url();
        String encoded = percentEncoded(password(url));
        List<String> arguments = new ArrayList<>(List.of(kit.name("topic"), kit.name("group"), canary));
        arguments.addAll(ChildJvm.busOptions(kit.environment()));
        if (kit.environment().address().isPresent()) {
            arguments.add(withPassword(url, canary));
            arguments.add(withPassword(unreachable(kit), canary));
        }
        ChildJvm.Ended ended = new ChildJvm(kit)
                .url(encoded.isEmpty() ? url : withPassword(url, encoded))
                .logEverything()
                .run(SecretsProgram.class, arguments);
        assertEquals(0, ended.exitCode(), ended::toString);
        for (String sign : SecretsProgram.SIGNS) {
            Inconclusive.unless(ended.output().contains(sign), sign + " in " + ended);
        }
        assertHidden(canary, ended.output(), "the program");
        if (!encoded.isEmpty()) {
            assertHidden(encoded, ended.output(), "the program");
            assertHidden(":" + password(url) + "@", ended.output(), "the program");
        }
    }

    /** Whatever building and starting throws and shows. */
    private static String shownByBuilding(EventBusBuilder builder) {
        try (EventBus bus = builder.openTimeout(Duration.ofSeconds(1)).build()) {
            bus.start();
            return bus + "\n" + bus.health();
        } catch (EventBusException | IllegalArgumentException e) {
            return trace(e);
        }
    }

    private static String shownByFailedStart(Kit kit, String url) {
        Collected<BusError> errors = new Collected<>();
        EventBus bus = kit.closing(builder(kit)
                .url(url)
                .openTimeout(Duration.ofSeconds(5))
                .onError(errors::add)
                .build());
        bus.subscribe(Sample.Placed.class, event -> {});
        try {
            bus.start();
            throw new Inconclusive("the broker does not look at the password");
        } catch (EventBusException e) {
            String reported = errors.snapshot().stream()
                    .map(error -> error + "\n" + trace(error.cause()))
                    .collect(Collectors.joining("\n"));
            return trace(e) + reported + bus + bus.health();
        }
    }

    /** With all causes and all that was suppressed. */
    private static String trace(@Nullable Throwable failure) {
        StringWriter text = new StringWriter();
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private static void assertHidden(String secret, String shown, String where) {
        assertTrue(!shown.contains(secret), () -> "with " + where + ", a secret is shown: " + shown);
    }

    /** Random letters that mean nothing in a URL. */
    private static String canary() {
        return "zz" + UUID.randomUUID().toString().replace("-", "");
    }

    private static String unreachable(Kit kit) {
        kit.requireNetwork();
        try (TcpProxy closed = kit.environment().proxy()) {
            return kit.environment().url(closed.host(), closed.port());
        }
    }

    private static String password(String url) {
        String userInfo = URI.create(url).getUserInfo();
        return userInfo == null ? "" : userInfo.substring(userInfo.indexOf(':') + 1);
    }

    private static String withPassword(String url, String password) {
        URI uri = URI.create(url);
        String userInfo = uri.getRawUserInfo() == null ? "user:" : uri.getRawUserInfo();
        String user = userInfo.substring(0, Math.max(0, userInfo.indexOf(':')));
        String rest = url.substring(url.indexOf(String.valueOf(uri.getRawAuthority())))
                .replaceFirst("^[^@/]*@", "");
        return uri.getScheme() + "://" + user + ":" + password + "@" + rest;
    }

    /** The same text, written in a way that nobody writes: where it is found, the URL was shown. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", unit));
        }
        return encoded.toString();
    }

    private static EventBusBuilder builder(Kit kit) {
        return kit.looseBuilder(kit.environment().url())
                .topic(kit.name("topic"))
                .group(kit.name("group"));
    }
}
