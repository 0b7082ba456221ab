package io.eventbus.tck;

/** Makes a broker take nothing more, as one does that is full. Used by one thread, on a broker that a test has for itself. */
public interface Blockade {

    /**
     * Makes a blockade of two methods of a harness's own broker.
     *
     * @param block what {@link #block} does
     * @param unblock what {@link #unblock} does
     * @return the blockade
     */
    static Blockade of(Runnable block, Runnable unblock) {
        return new Blockade() {

            @Override
            public void block() {
                block.run();
            }

            @Override
            public void unblock() {
                unblock.run();
            }
        };
    }

    /** Returns when nothing more is taken. Connections stay open. */
    void block();

    /** Returns when all is taken again. */
    void unblock();
}
