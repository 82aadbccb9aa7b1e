package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ChannelState;
import io.github.pbxsdk.ami.event.ContactState;
import io.github.pbxsdk.ami.event.DeviceState;
import io.github.pbxsdk.ami.event.ExtensionState;
import io.github.pbxsdk.ami.event.RegistrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that are handed out. None of them shows numbers or names of people when printed.
 *
 * <p>They are compared to find out whether something changed.
 */
final class Values {

    private Values() {}

    record Channel(
            String uniqueId,
            String name,
            String callId,
            ChannelState state,
            String callerIdNumber,
            String callerIdName,
            String connectedLineNumber,
            String connectedLineName,
            String dialed,
            String accountCode,
            Instant startedAt,
            Optional<String> bridgeId,
            boolean onHold)
            implements LiveChannel {

        @Override
        public String toString() {
            return name + " " + state;
        }
    }

    record Bridge(
            String id,
            String type,
            String technology,
            String creator,
            String name,
            Instant startedAt,
            List<String> channelIds)
            implements LiveBridge {

        @Override
        public String toString() {
            return "bridge " + id + " of " + channelIds.size();
        }
    }

    record Recording(String channelId, String file, Instant startedAt, boolean isPaused)
            implements RunningRecording {

        /** The name of the file holds numbers of people. */
        @Override
        public String toString() {
            return "recording on " + channelId + (isPaused ? ", paused" : "");
        }
    }

    record Parked(
            String channelId,
            String lot,
            String space,
            String returnsTo,
            Instant parkedAt,
            Optional<Duration> timeout)
            implements ParkedCall {

        @Override
        public String toString() {
            return channelId + " parked at " + space + " of " + lot;
        }
    }

    record Call(
            String id,
            Set<String> aliases,
            CallPhase phase,
            List<LiveChannel> channels,
            Instant startedAt,
            Optional<Instant> talkingSince,
            Optional<Instant> endedAt,
            Optional<String> continuesAs,
            List<RunningRecording> recordings,
            List<ParkedCall> parked,
            Optional<String> queue)
            implements LiveCall {

        @Override
        public String toString() {
            return "call " + id + " " + phase + " " + channels;
        }
    }

    record Member(
            String queue,
            String name,
            String memberInterface,
            String extension,
            AgentState state,
            DeviceState device,
            boolean inCall,
            boolean isPaused,
            String pauseReason,
            Optional<Instant> pausedSince,
            int callsTaken,
            Optional<Instant> lastCall,
            int penalty)
            implements QueueMember {

        @Override
        public String toString() {
            return memberInterface + " " + state;
        }
    }

    record Caller(String queue, String channelId, String number, String name, Instant waitingSince)
            implements QueueCaller {

        @Override
        public String toString() {
            return channelId + " waiting since " + waitingSince;
        }
    }

    record Figures(
            Instant since,
            boolean isComplete,
            int offered,
            int answered,
            int abandoned,
            int waiting,
            int answeredInTime,
            Duration longestWait,
            Duration totalAnsweredWait,
            boolean hasServiceLevel)
            implements QueueFigures {

        @Override
        public int leftOtherwise() {
            return Math.max(0, offered - answered - abandoned - waiting);
        }

        @Override
        public Duration averageWait() {
            return answered == 0 ? Duration.ZERO : totalAnsweredWait.dividedBy(answered);
        }

        @Override
        public OptionalDouble serviceLevel() {
            int decided = answered + abandoned;
            return decided == 0 || !hasServiceLevel
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) answeredInTime / decided);
        }
    }

    /** The moment of the value doesn't make it another one: time that passes is no change. */
    record Queue(
            String name,
            String strategy,
            List<QueueCaller> callers,
            List<QueueMember> members,
            QueueFigures today,
            Optional<Duration> serviceLevelTarget,
            Instant at)
            implements LiveQueue {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Queue that
                    && name.equals(that.name)
                    && strategy.equals(that.strategy)
                    && callers.equals(that.callers)
                    && members.equals(that.members)
                    && today.equals(that.today)
                    && serviceLevelTarget.equals(that.serviceLevelTarget);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, callers, members, today);
        }

        @Override
        public String toString() {
            return "queue " + name + ": " + callers.size() + " waiting, members " + members;
        }
    }

    record Contact(String uri, ContactState state, String userAgent) implements LiveContact {

        @Override
        public String toString() {
            return "contact " + state;
        }
    }

    record Endpoint(String name, DeviceState state, List<LiveContact> contacts)
            implements LiveEndpoint {}

    record Registration(String name, String serverUri, String clientUri, RegistrationStatus status)
            implements TrunkRegistration {

        @Override
        public String toString() {
            return "registration " + name + " " + status;
        }
    }

    record Extension(
            String number,
            String context,
            List<String> devices,
            ExtensionState state,
            String presence,
            String presenceMessage,
            boolean isDoNotDisturb)
            implements LiveExtension {

        @Override
        public String toString() {
            return "extension " + number + " " + state;
        }
    }
}
