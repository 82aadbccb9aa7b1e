package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.CoreShowChannelsAction;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.event.ChannelState;
import io.github.pbxsdk.ami.event.CoreShowChannelEvent;
import io.github.pbxsdk.ami.event.DialEndEvent;
import io.github.pbxsdk.ami.event.DialStatus;
import io.github.pbxsdk.ami.event.HangupCause;
import io.github.pbxsdk.ami.event.HangupEvent;
import io.github.pbxsdk.ami.event.OriginateResponseEvent;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The originates whose outcome is not known yet.
 *
 * <p>They outlive connections: a call goes on while we are away, and the new connection is told how
 * it ended, or asks which channels there are.
 */
final class Originations {

    /** How long the server may need beyond the time that the telephone rings. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** How long the reason for a failure may come behind it. */
    private static final Duration EXPLANATION = Duration.ofSeconds(2);

    private static final Duration DEFAULT_RINGING = Duration.ofSeconds(30);

    private final AmiSettings settings;
    private final AmiCalls calls;
    private final Consumer<Runnable> threads;
    private final Time time;
    private final ActionIds ids = new ActionIds();
    private final Map<String, Origination> byChannel = new ConcurrentHashMap<>();

    Originations(
            AmiSettings settings,
            PbxResources resources,
            AmiCalls calls,
            Consumer<Runnable> threads) {
        this.settings = settings;
        this.calls = calls;
        this.threads = threads;
        this.time = resources.time();
    }

    /** Starts a call; the future ends with the outcome of its first leg. */
    RootFuture<OriginateResult> start(OriginateAction action, CallOptions options) {
        if (!settings.transport().bringsEvents()) {
            throw new UnsupportedOperationException(
                    "the outcome of an originate comes as an event, and over HTTP there are none;"
                            + " send the action with send(...), or use AmiTransport.tcp()");
        }
        if (!settings.eventMask().contains(AmiEventClass.CALL)) {
            throw new IllegalStateException(
                    "the outcome of an originate comes as an event: add AmiEventClass.CALL to"
                            + " eventMask(...), or send the action with send(...)");
        }
        AmiAction<AmiResponse> named = withChannelIds(action);
        calls.check(named);
        return calls.run(
                named, new Call.Once<>(operation -> begin(named, options, operation)), options);
    }

    private AmiAction<AmiResponse> withChannelIds(OriginateAction action) {
        AmiFields own = action.fields();
        List<AmiFields.Field> lines = new ArrayList<>(own.asList());
        if (!own.has("ChannelId")) {
            lines.add(new AmiFields.Field("ChannelId", ids.nextChannel(time)));
        }
        if (isLocal(own) && !own.has("OtherChannelId")) {
            lines.add(new AmiFields.Field("OtherChannelId", ids.nextChannel(time)));
        }
        return new RawAction(action.name(), AmiFields.of(lines));
    }

    private static boolean isLocal(AmiFields action) {
        return action.text("Channel").regionMatches(true, 0, "Local/", 0, 6);
    }

    private CompletableFuture<OriginateResult> begin(
            AmiAction<AmiResponse> action,
            CallOptions options,
            RootFuture<OriginateResult> operation) {
        Origination call = new Origination(channelIds(action.fields()));
        call.channelIds().forEach(id -> byChannel.put(id, call));
        CompletableFuture<OriginateResult> outcome = call.outcome();
        CompletableFuture<AmiResponse> answer = calls.step(action, options).startFor(operation);
        outcome.whenComplete(
                (result, failure) -> {
                    call.channelIds().forEach(byChannel::remove);
                    answer.cancel(false);
                });
        answer.whenComplete(
                (response, failure) -> {
                    if (failure == null) {
                        call.queued();
                    } else if (mayHaveBegun(Futures.unwrap(failure))) {
                        call.lost();
                    } else {
                        outcome.completeExceptionally(failure);
                        return;
                    }
                    await(call, action, options, operation);
                });
        return outcome;
    }

    private static List<String> channelIds(AmiFields action) {
        List<String> all = new ArrayList<>();
        all.add(action.text("ChannelId"));
        action.find("OtherChannelId").ifPresent(all::add);
        return all;
    }

    private static boolean mayHaveBegun(Throwable failure) {
        return failure instanceof PbxException known
                && known.mayHaveBeenSent()
                && !(known instanceof PbxRejectedException);
    }

    /** The answer has come; from now on the ringing has its own time. */
    private void await(
            Origination call,
            AmiAction<AmiResponse> action,
            CallOptions options,
            RootFuture<OriginateResult> operation) {
        if (options.deadline().isEmpty()) {
            operation.suspendDeadline();
        }
        alarm(call, ringing(action.fields()).plus(MARGIN), () -> findOut(call));
    }

    private static Duration ringing(AmiFields action) {
        return action.find("Timeout").flatMap(Originations::millis).orElse(DEFAULT_RINGING);
    }

    private static Optional<Duration> millis(String text) {
        try {
            return Optional.of(Duration.ofMillis(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            // The server ignores it as well.
            return Optional.empty();
        }
    }

    private void alarm(Origination call, Duration wait, Runnable step) {
        Time.Alarm alarm = time.schedule(wait, step);
        call.outcome().whenComplete((result, failure) -> alarm.cancel());
    }

    /** Takes an event before the listeners do; called by the reader for each one. */
    void watch(AmiFields event) {
        if (byChannel.isEmpty()) {
            return;
        }
        if (event.is("Event", "OriginateResponse")) {
            verdict(new OriginateResponseEvent(event));
        } else if (event.is("Event", "Newchannel")) {
            with(event, "Uniqueid", (call, id) -> call.began(id, event.text("Channel")));
        } else if (event.is("Event", "DialEnd")) {
            DialStatus status = new DialEndEvent(event).dialStatus();
            with(event, "DestUniqueid", (call, id) -> call.dialled(id, status));
        } else if (event.is("Event", "Hangup")) {
            HangupCause cause = new HangupEvent(event).cause();
            with(event, "Uniqueid", (call, id) -> call.hungUp(id, cause));
        }
    }

    private void with(AmiFields event, String idLine, BiConsumer<Origination, String> step) {
        String id = event.text(idLine);
        Origination call = byChannel.get(id);
        if (call != null) {
            step.accept(call, id);
        }
    }

    private void verdict(OriginateResponseEvent event) {
        Origination call = byChannel.get(event.uniqueId());
        if (call != null && call.verdict(event.answered(), event.channelName(), event.reason())) {
            alarm(call, EXPLANATION, call::explain);
        }
    }

    /** Asks a new connection about the calls that were out there without us; must not block. */
    void reconnected() {
        List<Origination> calls = outThere();
        if (!calls.isEmpty()) {
            threads.accept(() -> askForChannels(found -> calls.forEach(call -> tell(call, found))));
        }
    }

    private List<Origination> outThere() {
        return byChannel.values().stream().distinct().filter(Origination::isOutThere).toList();
    }

    /** Goes on waiting while the telephone rings: the events of the new connection tell the end. */
    private void tell(Origination call, Channels found) {
        Optional<CoreShowChannelEvent> channel = found.find(call.channelIds().get(0));
        if (channel.isEmpty()) {
            call.unknown(
                    "the connection was lost meanwhile, and "
                            + found.absence("the channel is gone"));
        } else if (isUp(channel.get())) {
            call.answered(channel.get().channel().name());
        }
    }

    /** Asks a last time, when the verdict did not come. */
    private void findOut(Origination call) {
        String silence =
                "no OriginateResponse came; the AMI user needs read=call, and no filter may hide it";
        alarm(call, MARGIN, () -> call.unknown(silence));
        threads.accept(
                () ->
                        askForChannels(
                                found ->
                                        found.find(call.channelIds().get(0))
                                                .filter(Originations::isUp)
                                                .ifPresentOrElse(
                                                        up -> call.answered(up.channel().name()),
                                                        () -> call.unknown(silence))));
    }

    private static boolean isUp(CoreShowChannelEvent event) {
        return event.channel().state() == ChannelState.UP;
    }

    private void askForChannels(Consumer<Channels> then) {
        calls.step(CoreShowChannelsAction.create(), CallOptions.none())
                .startFor(new RootFuture<>(Runnable::run))
                .whenComplete((list, failure) -> then.accept(new Channels(list, failure)));
    }

    /** The channels there are, or why they are not known. */
    private record Channels(
            @Nullable List<CoreShowChannelEvent> list, @Nullable Throwable failure) {

        Optional<CoreShowChannelEvent> find(String id) {
            return list == null
                    ? Optional.empty()
                    : list.stream().filter(one -> one.channel().uniqueId().equals(id)).findAny();
        }

        String absence(String words) {
            return failure == null ? words : "asking for it failed: " + failure.getMessage();
        }
    }
}
