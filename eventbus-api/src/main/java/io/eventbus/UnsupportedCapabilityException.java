package io.eventbus;

import io.eventbus.spi.Capability;

/** The bus was asked for something that its transport cannot do. */
public final class UnsupportedCapabilityException extends EventBusException {
    private static final long serialVersionUID = 1L;

    /** What is missing. */
    private final Capability capability;

    /**
     * A failure.
     *
     * @param capability what is missing
     * @param message for people
     */
    public UnsupportedCapabilityException(Capability capability, String message) {
        super(message, null);
        this.capability = capability;
    }

    /**
     * What is missing.
     *
     * @return the capability
     */
    public Capability capability() {
        return capability;
    }
}
