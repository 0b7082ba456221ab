package io.eventbus.cli.demo;

/** One demo. */
interface Demo {

    /** What it shows. */
    String title();

    /** Runs to its end, and closes what it opened. */
    void run(DemoSetting setting) throws Exception;
}
