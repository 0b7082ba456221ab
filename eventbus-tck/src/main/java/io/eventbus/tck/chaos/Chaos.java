package io.eventbus.tck.chaos;

import io.eventbus.spi.Capability;
import io.eventbus.tck.Kit;
import io.eventbus.tck.history.Check;
import io.eventbus.tck.history.History;
import io.eventbus.tck.history.HistoryChecker;
import io.eventbus.tck.history.Judgement;
import io.eventbus.tck.history.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A chaos scenario on the broker of a kit, which it has for itself. Used by one thread; any may {@link #stop} it.
 *
 * <p>In a network, members are JVMs that are killed with SIGKILL; elsewhere they are buses whose sessions fail on cue. Several
 * members share the group where the order of a key holds across members; elsewhere there is one at a time, so that order can be
 * expected.
 */
public final class Chaos {

    private static final Duration CALM = Duration.ofSeconds(2);

    private final Kit kit;
    private final Setting setting;
    private final Path folder;
    private final Stage stage;
    private volatile boolean stopped;

    /**
     * Prepares a scenario.
     *
     * @param kit the kit
     * @param setting how it is played
     * @param folder where the history and the script go, made if need be
     */
    public Chaos(Kit kit, Setting setting, Path folder) {
        boolean network = kit.environment().address().isPresent();
        boolean ordered = kit.declares(Capability.GROUP_KEY_ORDER);
        this.kit = kit;
        this.setting = ordered && network ? setting : setting.withMembers(1);
        this.folder = folder;
        this.stage = network ? new NetworkStage(kit, ordered) : new SimulatedStage(kit);
    }

    /** {@return the script that the seed makes here} */
    public Script script() {
        return Script.random(setting, stage.troubles());
    }

    /**
     * Plays a script and, if it fails, looks for a shorter one that fails too. The history is written whatever comes of it, as far
     * as it goes, and replaces none of a run before.
     *
     * @param script the script
     * @param progress told now and then how far it is
     * @return what came of it; inconclusive if it was not played to its end
     * @throws UncheckedIOException if nothing can be written
     */
    public Verdict run(Script script, Consumer<Progress> progress) {
        RunFiles files = claim();
        Performance performance = perform(script, progress);
        write(files.history(), performance.history()::write);
        Optional<Verdict.Minimal> minimal = performance.judgement() instanceof Judgement.Violated
                ? Optional.of(shrink(script, files.script(), progress))
                : Optional.empty();
        return new Verdict(performance.tally(), performance.judgement(), files.history(), minimal);
    }

    /**
     * Ends what is played, or looked for, and all that would be: a scenario is inconclusive then, with its history until now, and a
     * search ends with what it has found. Returns at once.
     */
    public void stop() {
        stopped = true;
    }

    private Verdict.Minimal shrink(Script script, Path file, Consumer<Progress> progress) {
        long end = System.nanoTime() + setting.search().toNanos();
        Script minimal = new ScriptSearch(
                        script,
                        stage.reach(),
                        setting.scaled(CALM),
                        this::fails,
                        length -> !stopped && System.nanoTime() + length.toNanos() <= end,
                        progress)
                .run();
        write(file, minimal::write);
        return new Verdict.Minimal(minimal, script.actions().size(), file);
    }

    private boolean fails(Script script) {
        return perform(script, progress -> {}).judgement() instanceof Judgement.Violated;
    }

    private record Performance(HistoryChecker checker, History history, Judgement judgement) {

        Tally tally() {
            return Tally.of(history, checker.exposed(history));
        }
    }

    private Performance perform(Script script, Consumer<Progress> progress) {
        Play play = new Play(kit, stage, setting, script, () -> stopped);
        Play.Ending ending = play.run(progress);
        HistoryChecker checker = play.checker();
        return new Performance(checker, ending.history(), judge(checker, ending));
    }

    /** What is cut off lacks what would have come, which no check can tell from what is lost. */
    private Judgement judge(HistoryChecker checker, Play.Ending ending) {
        if (ending instanceof Play.Ending.CutOff cutOff) {
            return new Judgement.Unreached(setting.seed(), List.of(cutOff.missed()));
        }
        Judgement judgement = checker.check(ending.history());
        return ending instanceof Play.Ending.Stuck stuck ? violated(judgement, stuck.what()) : judgement;
    }

    /** What is stuck is a violation, whatever else was found. */
    private static Judgement violated(Judgement judgement, String stuck) {
        List<Violation> all = new ArrayList<>();
        all.add(new Violation(Check.NO_LOSS, stuck, List.of()));
        if (judgement instanceof Judgement.Violated more) {
            all.addAll(more.violations());
        }
        return new Judgement.Violated(judgement.seed(), all);
    }

    /** Before anything is played: an hour is in vain if it cannot be written down. */
    private RunFiles claim() {
        try {
            return RunFiles.claim(folder, "chaos-" + kit.provider().name() + "-" + setting.seed());
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can be written to " + folder + ": " + e, e);
        }
    }

    private interface Writing {
        void to(Path file) throws IOException;
    }

    private static void write(Path file, Writing writing) {
        try {
            writing.to(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e, e);
        }
    }
}
