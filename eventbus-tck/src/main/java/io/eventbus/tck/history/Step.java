package io.eventbus.tck.history;

/** An event of an ordered key: its one publish, what became of it in the group, and whether the group must get it. */
record Step(Publication publication, Passage passage, boolean owed) {

    boolean started() {
        return firstStart() != Passage.NEVER;
    }

    long firstStart() {
        return passage.firstStart();
    }

    String id() {
        return passage.id();
    }
}
