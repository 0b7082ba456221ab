package io.eventbus.tck;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a test may do to a broker that is its own. Used by one thread. */
public interface BrokerControl {

    /** How a broker can be stopped so that its connections stay and nothing answers. */
    interface Pause {

        /** Stops it as SIGSTOP does. */
        void freeze();

        /** Lets it go on where it stood. */
        void thaw();

        /**
         * Makes a pause of two methods of a harness's own broker.
         *
         * @param freeze what {@link #freeze} does
         * @param thaw what {@link #thaw} does
         * @return the pause
         */
        static Pause of(Runnable freeze, Runnable thaw) {
            return new Pause() {

                @Override
                public void freeze() {
                    freeze.run();
                }

                @Override
                public void thaw() {
                    thaw.run();
                }
            };
        }
    }

    /**
     * Makes a control of two methods of a harness's own broker.
     *
     * @param kill what {@link #kill} does
     * @param start what {@link #start} does
     * @return the control
     */
    static BrokerControl of(Runnable kill, Runnable start) {
        return of(kill, start, null);
    }

    /**
     * Makes a control of two methods of a harness's own broker, and a pause.
     *
     * @param kill what {@link #kill} does
     * @param start what {@link #start} does
     * @param pause what {@link #pause} gives, or null if the broker cannot be stopped
     * @return the control
     */
    static BrokerControl of(Runnable kill, Runnable start, @Nullable Pause pause) {
        return new BrokerControl() {

            @Override
            public Optional<Pause> pause() {
                return Optional.ofNullable(pause);
            }

            @Override
            public void kill() {
                kill.run();
            }

            @Override
            public void start() {
                start.run();
            }
        };
    }

    /** Ends the broker as SIGKILL does, and returns when it is gone. What it had on disk stays. */
    void kill();

    /** Starts the killed broker again with the same address and data, and returns when clients can use it. */
    void start();

    /** {@return how it can be stopped for a while; by default not at all} */
    default Optional<Pause> pause() {
        return Optional.empty();
    }
}
