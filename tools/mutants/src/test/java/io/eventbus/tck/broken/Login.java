package io.eventbus.tck.broken;

/** Who a bus says that it is, as the end of its URL. */
enum Login {
    GOOD,
    WRONG,
    WITHOUT_RIGHTS
}
