package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.OriginateResult;
import io.github.pbxsdk.ami.action.AttendedTransferAction;
import io.github.pbxsdk.ami.action.BlindTransferAction;
import io.github.pbxsdk.ami.action.CancelAttendedTransferAction;
import io.github.pbxsdk.ami.action.HangupAction;
import io.github.pbxsdk.ami.action.MixMonitorMuteAction;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.action.ParkAction;
import io.github.pbxsdk.ami.action.RecordingDirection;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with calls, by call and channel of {@link AmiState}.
 *
 * <p>Calls and channels are found by their ids as they are at that moment: a value may be some
 * seconds old, and a channel may have another name since. Each operation is made of ordinary
 * actions, counts as a change and asks the client's guard. The server confirms that it began; what
 * came of it shows in the state.
 *
 * <p>Not possible over AMI is to press hold on a SIP telephone. {@link #park} puts a caller on hold
 * with music, and {@link #retrieve} brings the call to any telephone.
 */
public final class CallControl {

    private final AmiClient client;
    private final AmiState state;

    CallControl(AmiClient client, AmiState state) {
        this.client = client;
        this.state = state;
    }

    /**
     * Hangs up everybody in a call. That somebody hung up by themselves meanwhile is no failure.
     *
     * @throws NoSuchElementException if the call is over
     * @throws PbxException if the server doesn't do it
     */
    public void hangUp(LiveCall call) {
        Futures.await(hangUpAsync(call));
    }

    /** Hangs up everybody without waiting; fails as {@link #hangUp(LiveCall)} does. */
    public CompletableFuture<@Nullable Void> hangUpAsync(LiveCall call) {
        LiveCall now = current(call);
        List<LiveChannel> ends = now.parties().isEmpty() ? now.channels() : now.parties();
        return run(ends.stream().map(CallControl::hangUpOf).toList());
    }

    /**
     * Hangs up one channel. That it ended by itself meanwhile is no failure.
     *
     * @throws NoSuchElementException if the channel has ended
     * @throws PbxException if the server doesn't do it
     */
    public void hangUp(LiveChannel channel) {
        Futures.await(hangUpAsync(channel));
    }

    /** Hangs up one channel without waiting; fails as {@link #hangUp(LiveChannel)} does. */
    public CompletableFuture<@Nullable Void> hangUpAsync(LiveChannel channel) {
        return run(List.of(hangUpOf(current(channel))));
    }

    private static AmiAction<?> hangUpOf(LiveChannel channel) {
        return HangupAction.of(channel.name());
    }

    /**
     * Sends whoever talks with a channel somewhere else, and hangs up the channel: a blind transfer
     * as its telephone would make.
     *
     * @param transferer who transfers; must be talking with somebody
     * @throws NoSuchElementException if the channel has ended
     * @throws AmiRejectedException if it talks with nobody, or there is no such extension
     */
    public void transfer(LiveChannel transferer, String extension, String context) {
        Futures.await(transferAsync(transferer, extension, context));
    }

    /** Transfers without waiting; fails as {@link #transfer} does. */
    public CompletableFuture<@Nullable Void> transferAsync(
            LiveChannel transferer, String extension, String context) {
        return run(
                List.of(
                        BlindTransferAction.builder(current(transferer).name())
                                .extension(extension)
                                .context(context)
                                .build()));
    }

    /**
     * Has a telephone call somebody while the other one waits, to be joined when it hangs up: an
     * attended transfer.
     *
     * <p>The server plays the keys of {@code atxfer} in its features.conf for the telephone: the
     * call must have been dialled with the option that allows it ({@code T} or {@code t}), as
     * FreePBX does. The telephone must send sound, if only silence: the server plays the keys by
     * the clock of what it hears, and drops most of them when it hears nothing.
     *
     * @param transferer who transfers; must be talking with somebody
     * @throws NoSuchElementException if the channel has ended
     * @throws AmiRejectedException if the server doesn't begin it
     */
    public void attendedTransfer(LiveChannel transferer, String extension, String context) {
        Futures.await(attendedTransferAsync(transferer, extension, context));
    }

    /** Begins an attended transfer without waiting; fails as {@link #attendedTransfer} does. */
    public CompletableFuture<@Nullable Void> attendedTransferAsync(
            LiveChannel transferer, String extension, String context) {
        return run(
                List.of(
                        AttendedTransferAction.builder(current(transferer).name(), extension)
                                .context(context)
                                .build()));
    }

    /**
     * Takes an attended transfer back.
     *
     * @throws NoSuchElementException if the channel has ended
     * @throws AmiRejectedException if there is none under way
     */
    public void cancelAttendedTransfer(LiveChannel transferer) {
        Futures.await(cancelAttendedTransferAsync(transferer));
    }

    /** Takes it back without waiting; fails as {@link #cancelAttendedTransfer} does. */
    public CompletableFuture<@Nullable Void> cancelAttendedTransferAsync(LiveChannel transferer) {
        return run(List.of(CancelAttendedTransferAction.of(current(transferer).name())));
    }

    /**
     * Parks a channel in the default parking lot, where it hears music; {@link
     * AmiState#parkedCalls()} shows the space. Whoever talked with it goes on in the dialplan,
     * which mostly means that the call ends there.
     *
     * @throws NoSuchElementException if the channel has ended
     * @throws AmiRejectedException if the server has no room
     */
    public void park(LiveChannel channel) {
        Futures.await(parkAsync(channel));
    }

    /** Parks without waiting; fails as {@link #park} does. */
    public CompletableFuture<@Nullable Void> parkAsync(LiveChannel channel) {
        return run(List.of(ParkAction.of(current(channel).name())));
    }

    /**
     * Calls a telephone, and connects it with somebody parked when it answers.
     *
     * <p>Who is parked is found by the channel, wherever it is parked now. The server looks into
     * the space when the telephone answers: if the call has gone by then and another one was parked
     * there, that one is fetched.
     *
     * @param phone what to dial, such as {@code PJSIP/200}
     * @return what became of the call to the telephone
     * @throws NoSuchElementException if the channel is not parked any more
     * @throws PbxException as {@link AmiClient#originate} does
     */
    public OriginateResult retrieve(ParkedCall parked, String phone) {
        return Futures.await(retrieveAsync(parked, phone));
    }

    /** Fetches a parked call without waiting; fails as {@link #retrieve} does. */
    public CompletableFuture<OriginateResult> retrieveAsync(ParkedCall parked, String phone) {
        ParkedCall now = current(parked);
        return client.originateAsync(
                OriginateAction.to(phone)
                        .application("ParkedCall")
                        .data(now.lot() + "," + now.space())
                        .build());
    }

    /**
     * Calls a supervisor's telephone, and lets it into a call when it answers; that ends with the
     * channel or when the supervisor hangs up.
     *
     * @param channel whom to listen to; {@link SpyMode#WHISPER} is heard by this one alone
     * @param phone what to dial, such as {@code PJSIP/200}
     * @return what became of the call to the telephone
     * @throws NoSuchElementException if the channel has ended
     * @throws PbxException as {@link AmiClient#originate} does
     */
    public OriginateResult spy(LiveChannel channel, String phone, SpyMode mode) {
        return Futures.await(spyAsync(channel, phone, mode));
    }

    /** Lets a supervisor in without waiting; fails as {@link #spy} does. */
    public CompletableFuture<OriginateResult> spyAsync(
            LiveChannel channel, String phone, SpyMode mode) {
        return client.originateAsync(
                OriginateAction.to(phone)
                        .application("ChanSpy")
                        .data(current(channel).name() + "," + mode.options())
                        .build());
    }

    /**
     * Has all recordings of a call go on in silence, on the channels they were started on.
     *
     * <p>The server mutes all recordings of such a channel. The time goes on in the file.
     *
     * @throws NoSuchElementException if the call is over
     * @throws IllegalStateException if no recording of the call is known
     * @throws PbxException if the server doesn't do it
     */
    public void pauseRecording(LiveCall call) {
        Futures.await(pauseRecordingAsync(call));
    }

    /** Pauses without waiting; fails as {@link #pauseRecording} does. */
    public CompletableFuture<@Nullable Void> pauseRecordingAsync(LiveCall call) {
        return mute(call, true);
    }

    /**
     * Has all recordings of a call hear again.
     *
     * @throws NoSuchElementException if the call is over
     * @throws IllegalStateException if no recording of the call is known
     * @throws PbxException if the server doesn't do it
     */
    public void resumeRecording(LiveCall call) {
        Futures.await(resumeRecordingAsync(call));
    }

    /** Goes on recording without waiting; fails as {@link #resumeRecording} does. */
    public CompletableFuture<@Nullable Void> resumeRecordingAsync(LiveCall call) {
        return mute(call, false);
    }

    private CompletableFuture<@Nullable Void> mute(LiveCall call, boolean silent) {
        LiveCall now = current(call);
        if (now.recordings().isEmpty()) {
            throw new IllegalStateException("no recording of call " + now.id() + " is known");
        }
        return run(
                now.recordings().stream()
                        .map(RunningRecording::channelId)
                        .distinct()
                        .map(now::channel)
                        .map(channel -> muteOf(channel, silent))
                        .toList());
    }

    private static AmiAction<?> muteOf(LiveChannel channel, boolean silent) {
        return MixMonitorMuteAction.builder(channel.name())
                .direction(RecordingDirection.BOTH)
                .state(silent)
                .build();
    }

    private LiveCall current(LiveCall call) {
        return state.findCall(call.id())
                .filter(found -> !found.channels().isEmpty())
                .orElseThrow(() -> new NoSuchElementException("call " + call.id() + " is over"));
    }

    private LiveChannel current(LiveChannel channel) {
        return state.findCall(channel.uniqueId())
                .flatMap(call -> call.findChannel(channel.uniqueId()))
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "channel " + channel.name() + " has ended"));
    }

    private ParkedCall current(ParkedCall parked) {
        return state.parkedCalls().stream()
                .filter(found -> found.channelId().equals(parked.channelId()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "channel " + parked.channelId() + " is not parked"));
    }

    /**
     * Sends actions at once. They are waited for on a thread of its own: inside a listener, the
     * executor may have no other one.
     */
    private CompletableFuture<@Nullable Void> run(List<? extends AmiAction<?>> actions) {
        ClientAccess access = ClientAccess.get();
        RootFuture<@Nullable Void> whole = new RootFuture<>(access.resources(client).executor());
        List<CompletableFuture<?>> sent = new ArrayList<>();
        actions.forEach(action -> sent.add(client.sendAsync(action)));
        whole.onCancel(() -> sent.forEach(one -> one.cancel(true)));
        access.start(client, () -> await(sent, actions, whole));
        return whole;
    }

    private static void await(
            List<CompletableFuture<?>> sent,
            List<? extends AmiAction<?>> actions,
            RootFuture<@Nullable Void> whole) {
        RuntimeException failure = null;
        for (int i = 0; i < sent.size(); i++) {
            try {
                Futures.await(sent.get(i));
            } catch (RuntimeException e) {
                failure = isGoneAnyway(actions.get(i), e) ? failure : e;
            }
        }
        if (failure == null) {
            whole.succeed(null);
        } else {
            whole.fail(failure);
        }
    }

    private static boolean isGoneAnyway(AmiAction<?> action, RuntimeException failure) {
        return action instanceof HangupAction
                && failure instanceof AmiRejectedException refusal
                && refusal.kind() == AmiRejectedException.Kind.NOT_FOUND;
    }
}
