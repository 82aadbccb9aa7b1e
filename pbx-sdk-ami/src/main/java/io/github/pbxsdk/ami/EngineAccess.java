package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.internal.AnswerWatch;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Gives our other packages what they need of a client. */
final class EngineAccess extends ClientAccess {

    @Override
    public PbxResources resources(AmiClient client) {
        return client.engine().resources();
    }

    @Override
    public String source(AmiClient client) {
        return client.engine().settings().source();
    }

    @Override
    public Set<AmiEventClass> eventMask(AmiClient client) {
        return client.engine().settings().eventMask();
    }

    @Override
    public Subscription tap(AmiClient client, Consumer<? super PbxEvent> tap) {
        return client.engine().tap(tap);
    }

    @Override
    public CompletableFuture<?> send(
            AmiClient client,
            String name,
            AmiFields fields,
            String id,
            AnswerWatch watch,
            Duration deadline) {
        return client.engine().calls().watch(new RawAction(name, fields), id, watch, deadline);
    }

    @Override
    public EventQueueOptions eventQueue(AmiClient client) {
        return client.engine().settings().eventQueue();
    }

    @Override
    public int bytes(AmiFields fields) {
        return fields.byteCount();
    }

    @Override
    public void start(AmiClient client, Runnable task) {
        client.engine().start(task);
    }
}
