package io.eventbus.tck;

import io.eventbus.AsyncEventHandler;
import io.eventbus.Event;
import io.eventbus.EventHandler;
import io.eventbus.spi.Group;
import io.eventbus.tck.history.EventRef;
import io.eventbus.tck.history.HistoryRecorder;

/** Writes down what the handler of one member is given, and how it ends. Thread-safe. */
final class RecordingHandler {

    private final HistoryRecorder recorder;
    private final String instance;
    private final Group group;
    private final Participants participants;

    RecordingHandler(HistoryRecorder recorder, String instance, Group group, Participants participants) {
        this.recorder = recorder;
        this.instance = instance;
        this.group = group;
        this.participants = participants;
    }

    EventHandler<Sample.Placed> around(EventHandler<Sample.Placed> work) {
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
        participants.handled(event.id());
    }

    private EventRef ref(Event<Sample.Placed> event) {
        return Sample.ref(group.topic(), event);
    }
}
