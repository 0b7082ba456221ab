package io.eventbus.cli.demo;

import java.io.PrintWriter;
import java.util.List;

/** All demos, one after the other, on one broker. */
public final class Demos {
    private static final String RULER = "=".repeat(60);

    private final DemoSetting setting;
    private final String broker;
    private final PrintWriter out;

    /**
     * Demos to run.
     *
     * @param url the broker's URL
     * @param broker how the broker is called in what is printed
     * @param out where to print; flushes by itself
     */
    public Demos(String url, String broker, PrintWriter out) {
        this.setting = DemoSetting.of(url, out);
        this.broker = broker;
        this.out = out;
    }

    /**
     * Runs them.
     *
     * @throws Exception if one failed; those after it have not run
     */
    public void run() throws Exception {
        setting.check();
        headline("eventbus demo on " + broker);
        int number = 0;
        for (Demo demo : List.of(new BasicPublishSubscribe(), new Routing(), new ConsumerGroups(), new Projections())) {
            number++;
            out.println();
            headline("Demo " + number + ": " + demo.title());
            demo.run(setting);
        }
        out.println();
        headline("eventbus demo complete!");
    }

    private void headline(String text) {
        out.println(RULER);
        out.println(text);
        out.println(RULER);
    }
}
