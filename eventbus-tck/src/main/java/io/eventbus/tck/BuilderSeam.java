package io.eventbus.tck;

import io.eventbus.EventBusBuilder;

/** Through which the kit's own tests put a broken engine under the rules, to see that they reject it. */
interface BuilderSeam {

    /** The configuration parameter that names the one to use, as {@link Named} reads it. */
    String PARAMETER = "eventbus.tck.seam";

    EventBusBuilder alter(EventBusBuilder builder);
}
