package io.eventbus.tck.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScriptSearchTest {

    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
    private static final Duration CALM = Duration.ofSeconds(2);

    /** A cut of a second at 10 s, a failing event at 20 s, a kill at 50 s, for a minute. */
    private static final Script WHOLE =
            new Script(Duration.ofMinutes(1), List.of(cut(10_000), fail(20_000), kill(50_000)));

    private final List<Script> tried = new ArrayList<>();
    private final List<Progress> told = new ArrayList<>();

    @Test
    @DisplayName("No idle time is left before, between and after the actions when it fails without")
    void idleGoes() {
        Script found =
                search(WHOLE, script -> script.count(Trouble.CUT_MEMBER) + script.count(Trouble.KILL_MEMBER) == 2);

        assertThat(found).isEqualTo(new Script(Duration.ofSeconds(1), List.of(cut(0), kill(1000))));
    }

    @Test
    @DisplayName("Idle time without which it does not fail stays, and no more of it")
    void neededIdleStays() {
        Script found =
                search(WHOLE, script -> at(script, Trouble.KILL_MEMBER) - at(script, Trouble.CUT_MEMBER) >= 6000);

        assertThat(found.actions()).hasSize(2);
        assertThat(at(found, Trouble.CUT_MEMBER)).isZero();
        assertThat(at(found, Trouble.KILL_MEMBER)).isBetween(6000L, 6700L);
        assertThat(found.length()).isEqualTo(found.end());
    }

    @Test
    @DisplayName("A failure late in a long script is tried early in a short one")
    void lateFailure() {
        List<Action> hour = IntStream.range(0, 60)
                .mapToObj(minute -> cut(minute * 60_000L, minute))
                .toList();
        Script whole = new Script(Duration.ofHours(1), hour);

        Script found = search(whole, script -> targets(script).contains(55));

        assertThat(found.actions()).hasSize(1);
        assertThat(tried).allMatch(script -> script.length().compareTo(Duration.ofMinutes(12)) < 0);
    }

    @Test
    @DisplayName("What never fails again stays as it was")
    void flaky() {
        assertThat(search(WHOLE, script -> false)).isEqualTo(WHOLE);
    }

    @Test
    @DisplayName("What fails whatever happens shrinks to nothing, and to no time")
    void always() {
        assertThat(search(WHOLE, script -> true)).isEqualTo(new Script(Duration.ZERO, List.of()));
    }

    @Test
    @DisplayName("Nothing is tried for which there is no time")
    void inTime() {
        Script found = new ScriptSearch(
                        WHOLE, LONGEST_IDLE, CALM, tried::add, length -> length.toMillis() > 2000, told::add)
                .run();

        assertThat(tried).isNotEmpty().allMatch(script -> script.length().toMillis() > 2000);
        assertThat(found).isEqualTo(tried.get(tried.size() - 1));
    }

    @Test
    @DisplayName("Each try is told before it is played, with what is left")
    void told() {
        search(WHOLE, script -> script.count(Trouble.KILL_MEMBER) == 1 && script.count(Trouble.FAIL) == 1);

        assertThat(told)
                .hasSameSizeAs(tried)
                .first()
                .hasToString("shrinking: try 1 of at most 300, 2.0 s long; 3 actions of 3 left, 60.0 s long");
        assertThat(told.get(told.size() - 1).toString())
                .startsWith("shrinking: try " + tried.size() + " of at most 300")
                .contains("2 actions of 3 left");
    }

    @Test
    @DisplayName("After as many tries as were told, what was found so far is the result")
    void atMost() {
        List<Action> many = IntStream.range(0, 400)
                .mapToObj(number -> cut(number * 1000L, number))
                .toList();
        List<Integer> needed = IntStream.range(0, 200).map(i -> 2 * i).boxed().toList();

        Script found = search(
                new Script(Duration.ofSeconds(401), many),
                script -> targets(script).containsAll(needed));

        assertThat(tried).hasSize(ScriptSearch.MAX_TRIES);
        assertThat(targets(found)).containsAll(needed);
    }

    private Script search(Script whole, Predicate<Script> fails) {
        Predicate<Script> noted = script -> {
            tried.add(script);
            return fails.test(script);
        };
        return new ScriptSearch(whole, LONGEST_IDLE, CALM, noted, length -> true, told::add).run();
    }

    private static List<Integer> targets(Script script) {
        return script.actions().stream().map(Action::target).toList();
    }

    /** When a trouble comes, and never in time where there is none. */
    private static long at(Script script, Trouble trouble) {
        return script.actions().stream()
                .filter(action -> action.trouble() == trouble)
                .mapToLong(Action::atMillis)
                .findFirst()
                .orElse(trouble == Trouble.KILL_MEMBER ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2);
    }

    private static Action cut(long at) {
        return cut(at, 0);
    }

    private static Action cut(long at, int target) {
        return new Action(at, Trouble.CUT_MEMBER, target, 1000);
    }

    private static Action fail(long at) {
        return new Action(at, Trouble.FAIL, 0, 0);
    }

    private static Action kill(long at) {
        return new Action(at, Trouble.KILL_MEMBER, 0, 0);
    }
}
