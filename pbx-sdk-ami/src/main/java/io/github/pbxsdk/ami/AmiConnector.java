package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.CoreSettingsAction;
import io.github.pbxsdk.ami.action.CoreStatusAction;
import io.github.pbxsdk.ami.action.EventsAction;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.CurrentConnection;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.flight.Scrubbers;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.time.Time;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection that is ready for use: greeting, login, who is it, filters, mask.
 *
 * <p>The mask comes last, so that no event comes before all filters are there.
 */
final class AmiConnector implements ConnectionKeeper.Connector {

    private final ActionIds connectionNames = new ActionIds();
    private final AmiSettings settings;
    private final PbxResources resources;
    private final AmiRoad road;
    private final WireFigures figures;
    private final CurrentConnection<AmiSession> current;
    private final Consumer<AmiFields> events;
    private final Consumer<Runnable> threads;
    private final Consumer<PbxException> drop;

    AmiConnector(
            AmiSettings settings,
            PbxResources resources,
            AmiRoad road,
            WireFigures figures,
            CurrentConnection<AmiSession> current,
            Consumer<AmiFields> events,
            Consumer<Runnable> threads,
            Consumer<PbxException> drop) {
        this.settings = settings;
        this.resources = resources;
        this.road = road;
        this.figures = figures;
        this.current = current;
        this.events = events;
        this.threads = threads;
        this.drop = drop;
    }

    @Override
    public ConnectionKeeper.Link connect(ConnectionKeeper.Attempt attempt) {
        AmiChannel channel = figures.counting(road.open(attempt, tap()));
        SetUp setUp = new SetUp(attempt.host(), channel);
        try {
            AmiSession session = setUp.perform(attempt.credentials());
            current.offer(session);
            return session;
        } catch (RuntimeException e) {
            channel.close();
            throw e instanceof PbxException failure ? setUp.reason(failure) : e;
        } finally {
            setUp.limit.cancel();
        }
    }

    private FlightTap tap() {
        FlightRecorder recorder = settings.flightRecorder();
        return recorder == null
                ? FlightTap.none()
                : FlightTap.on(recorder, "ami-" + connectionNames.next(), Scrubbers.ami());
    }

    /** What happens on one new connection, within the time that there is for it. */
    private final class SetUp {

        private final HostAndPort host;
        private final AmiChannel channel;
        private final Time.Alarm limit;
        private volatile String awaited = "a greeting";
        private volatile boolean tooLong;

        SetUp(HostAndPort host, AmiChannel channel) {
            this.host = host;
            this.channel = channel;
            this.limit = resources.time().schedule(settings.connectTimeout(), this::giveUp);
        }

        private void giveUp() {
            tooLong = true;
            channel.close();
        }

        PbxException reason(PbxException failure) {
            if (!tooLong) {
                return failure;
            }
            String hint =
                    awaited.equals("a greeting")
                            ? "; is it the AMI port, and does it speak "
                                    + (settings.tls() == null ? "TLS?" : "TLS at all?")
                            : "";
            String words =
                    host
                            + (" takes connections but did not send " + awaited + " within ")
                            + (settings.connectTimeout().toMillis() + " ms" + hint);
            return new PbxConnectionException(
                    words, new PbxTimeoutException(words, failure, false));
        }

        AmiSession perform(Credentials credentials) {
            AmiSession session = session();
            session.greeting();
            awaited = "an answer to our login";
            if (settings.transport().logsIn()) {
                new AmiLogin(host, settings.login()).perform(session, credentials);
            }
            awaited = "an answer to our questions";
            session.identify(whoIsIt(session, credentials));
            if (settings.transport().ownsSession()) {
                subscribe(session);
            }
            return session;
        }

        private void subscribe(AmiSession session) {
            settings.filters().forEach(filter -> require(session, filter.action(), filter.text()));
            String mask = AmiEventClass.mask(settings.eventMask());
            require(session, EventsAction.of(mask), mask);
        }

        private AmiSession session() {
            KeepAlive keepAlive = new KeepAlive(host, settings, resources.time(), threads, drop);
            boolean isShared = !settings.transport().ownsSession();
            return new AmiSession(channel, events, keepAlive, isShared, resources.executor());
        }

        private AmiServer whoIsIt(AmiSession session, Credentials credentials) {
            return AmiServer.of(
                    host,
                    settings.transport().ownsSession() ? credentials.user() : "",
                    session.greeting(),
                    ask(session, CoreSettingsAction.create()),
                    ask(session, CoreStatusAction.create()));
        }

        /** Asks what a user with few permissions may not know, which is no reason to give up. */
        private <R> @Nullable R ask(AmiSession session, AmiAction<R> action) {
            AmiResponse answer = session.exchange(action);
            return answer.isSuccess() ? action.result(answer) : null;
        }

        private void require(AmiSession session, AmiAction<?> action, String what) {
            AmiResponse answer = session.exchange(action);
            if (!answer.isSuccess()) {
                throw new AmiRejectedException(
                        action.name() + " \"" + what + "\" on " + host, answer);
            }
        }
    }
}
