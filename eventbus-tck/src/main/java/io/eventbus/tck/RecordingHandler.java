package io.eventbus.tck;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Event;
import io.eventbus.EventHandler;
import io.eventbus.spi.Group;
import io.eventbus.tck.history.EventRef;
import io.eventbus.tck.history.HistoryRecorder;
import java.util.function.Consumer;

/** Writes down what the handler of one member is given, and how it ends. Thread-safe. */
public final class RecordingHandler {

    private final HistoryRecorder recorder;
    private final String instance;
    private final Group group;
    private final Consumer<String> handled;

    /**
     * Makes recording handlers for one member.
     *
     * @param recorder where it is written
     * @param instance the member's bus
     * @param group its group
     * @param handled told the id of each event that was handled with success
     */
    public RecordingHandler(HistoryRecorder recorder, String instance, Group group, Consumer<String> handled) {
        this.recorder = recorder;
        this.instance = instance;
        this.group = group;
        this.handled = handled;
    }

    /**
     * Makes a handler that records.
     *
     * @param work what it does; not called for a {@linkplain Sample#fence fence}
     * @return the handler
     */
    public EventHandler<Sample.Placed> around(EventHandler<Sample.Placed> work) {
        return event -> {
            started(event);
            try {
                if (!Sample.isFence(event.payload())) {
                    work.handle(event);
                }
            } catch (Throwable e) {
                failed(event, e);
                throw e;
            }
            succeeded(event);
        };
    }

    AsyncEventHandler<Sample.Placed> aroundAsync(AsyncEventHandler<Sample.Placed> work) {
        return event -> {
            started(event);
            return work.handle(event).whenComplete((done, failure) -> {
                if (failure == null) {
                    succeeded(event);
                } else {
                    failed(event, failure);
                }
            });
        };
    }

    private void started(Event<Sample.Placed> event) {
        recorder.handlingStarted(instance, group, ref(event), event.attempt());
    }

    private void failed(Event<Sample.Placed> event, Throwable failure) {
        recorder.handlingFailed(instance, group, ref(event), event.attempt(), failure.toString());
    }

    private void succeeded(Event<Sample.Placed> event) {
        recorder.handlingSucceeded(instance, group, ref(event), event.attempt());
        handled.accept(event.id());
    }

    private EventRef ref(Event<Sample.Placed> event) {
        return Sample.ref(group.topic(), event);
    }
}
