package org.kerege.gate;

/// What may be done with information once one has it, each with the furthest it can be noticed.
public enum Action {
    READ(Exposure.NONE),
    SEARCH_OWN_LOGS(Exposure.INTERNAL),
    ALERT_INTERNALLY(Exposure.INTERNAL),
    ANALYSE_IN_ISOLATION(Exposure.INTERNAL),
    LOOK_UP_AT_THIRD_PARTY(Exposure.INDIRECT),
    WATCH_BY_HONEYPOT(Exposure.INDIRECT),
    BLOCK_TRAFFIC(Exposure.DIRECT),
    PROBE_TARGET(Exposure.DIRECT),
    LURE_TARGET(Exposure.DIRECT),
    NOTIFY_AFFECTED(Exposure.DIRECT),
    ASK_FOR_TAKEDOWN(Exposure.PUBLIC),
    PUBLISH(Exposure.PUBLIC);

    private final Exposure exposure;

    Action(Exposure exposure) {
        this.exposure = exposure;
    }

    public Exposure exposure() {
        return exposure;
    }
}
