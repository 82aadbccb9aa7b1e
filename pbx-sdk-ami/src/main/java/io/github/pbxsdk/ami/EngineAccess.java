package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.util.Set;
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
    public void start(AmiClient client, Runnable task) {
        client.engine().start(task);
    }
}
