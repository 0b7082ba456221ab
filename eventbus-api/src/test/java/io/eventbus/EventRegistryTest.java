package io.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which class stands for which event. */
class EventRegistryTest {

    private static class Base {}

    private static final class Derived extends Base {}

    private static final EventDefinition<Base> BASE = EventDefinition.of(Base.class, "Order", "Base");

    @Test
    @DisplayName("a definition is found by its class and by both its names together")
    void finds() {
        EventRegistry registry = EventRegistry.of(BASE);
        assertThat(registry.find(Base.class)).contains(BASE);
        assertThat(registry.find("Order", "Base")).contains(BASE);
    }

    @Test
    @DisplayName("a class is matched exactly: its subclass is another event")
    void subclassIsNotFound() {
        assertThat(EventRegistry.of(BASE).find(Derived.class)).isEmpty();
    }

    @Test
    @DisplayName("one of the two names alone is not enough")
    void bothNamesCount() {
        EventRegistry registry = EventRegistry.of(BASE);
        assertThat(registry.find("Order", "Other")).isEmpty();
        assertThat(registry.find("Other", "Base")).isEmpty();
        assertThat(registry.find("", "Order.Base")).isEmpty();
    }

    @Test
    @DisplayName("one type word under two aggregates is two events")
    void sameTypeOfTwoAggregates() {
        EventDefinition<Derived> other = EventDefinition.of(Derived.class, "Customer", "Base");
        EventRegistry registry = EventRegistry.of(BASE, other);
        assertThat(registry.find("Order", "Base")).contains(BASE);
        assertThat(registry.find("Customer", "Base")).contains(other);
    }

    @Test
    @DisplayName("a class registered twice is refused by name")
    void refusesClassTwice() {
        assertRefused("Base is registered twice", BASE, EventDefinition.of(Base.class, "Order", "Again"));
    }

    @Test
    @DisplayName("a name given to two classes is refused, and both are named")
    void refusesNameTwice() {
        assertRefused("Order.Base is the name of", BASE, EventDefinition.of(Derived.class, "Order", "Base"));
    }

    @Test
    @DisplayName("bad names and versions are all reported at once, with the class")
    void reportsAllProblems() {
        EventDefinition<Base> bad = new EventDefinition<>(Base.class, "", "bell\u0007", 0, base -> null);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EventRegistry.of(bad))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(3)
                        .allMatch(problem -> problem.contains(Base.class.getName()))
                        .anyMatch(problem -> problem.contains("aggregate type"))
                        .anyMatch(problem -> problem.contains("control character"))
                        .anyMatch(problem -> problem.contains("schema version")));
    }

    @Test
    @DisplayName("names are as long as can be published: 200 bytes, however many characters that are")
    void longest() {
        String longest = "é".repeat(100);
        EventRegistry registry = EventRegistry.of(EventDefinition.of(Base.class, longest, longest));
        assertThat(registry.find(longest, longest)).isPresent();
        String longer = longest + "e";
        assertRefused("has 201 bytes", EventDefinition.of(Base.class, "Order", longer));
        assertRefused("has 201 bytes", EventDefinition.of(Base.class, longer, "Placed"));
    }

    private static void assertRefused(String message, EventDefinition<?>... definitions) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> EventRegistry.of(definitions))
                .withMessageContainingAll(message, Base.class.getName());
    }
}
