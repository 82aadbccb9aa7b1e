package io.github.pbxsdk.testing;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a call that a {@link FakePbx} plays.
 *
 * <pre>{@code
 * pbx.play(CallScenario.of("call to 1002, answered after 2 s, transferred to 1003, recorded"));
 * pbx.play(CallScenario.call("1001", "1002").busy());
 * pbx.play(CallScenario.queue("1001", "500"));
 * }</pre>
 *
 * <p>Without a word about it, a call is answered after two seconds. In a queue the telephone of a
 * first agent rings for four seconds in vain, and that of a second one is answered: extensions 1002
 * and 1003, where nothing else is said. Immutable.
 */
public final class CallScenario {

    private static final Pattern CALL = Pattern.compile("call(?: from (\\d+))? to (queue )?(\\d+)");
    private static final Pattern ANSWERED = Pattern.compile("answered(?: after (\\d+) ?(ms|s|m))?");
    private static final Pattern TRANSFERRED = Pattern.compile("transferred to (\\d+)");
    private static final Pattern PASSED_OVER = Pattern.compile("not answered by (\\d+)");
    private static final Pattern AGENT = Pattern.compile("answered by (\\d+)");
    private static final String CALLER = "1001";
    private static final String FIRST_AGENT = "1002";
    private static final String SECOND_AGENT = "1003";

    private final String from;
    private final String to;
    private final End end;
    private final Duration ringing;
    private final @Nullable String target;
    private final boolean recorded;
    private final boolean realTime;

    /** The agent of a queue who lets it ring; null where the call is for no queue. */
    private final @Nullable String passedOver;

    private CallScenario(
            String from,
            String to,
            End end,
            Duration ringing,
            @Nullable String target,
            boolean recorded,
            boolean realTime,
            @Nullable String passedOver) {
        this.from = Objects.requireNonNull(from, "from");
        this.to = Objects.requireNonNull(to, "to");
        this.end = end;
        this.ringing = ringing;
        this.target = target;
        this.recorded = recorded;
        this.realTime = realTime;
        this.passedOver = passedOver;
    }

    /** What becomes of the first ringing. */
    enum End {
        ANSWERED("answered"),
        BUSY("busy"),
        NOT_ANSWERED("not answered"),
        GIVEN_UP("caller gives up");

        private final String part;

        End(String part) {
            this.part = part;
        }
    }

    /** Returns a call from one extension to another. */
    public static CallScenario call(String from, String to) {
        return new CallScenario(
                from, to, End.ANSWERED, Duration.ofSeconds(2), null, false, false, null);
    }

    /** Returns a call that waits in a queue until its second agent answers. */
    public static CallScenario queue(String from, String queue) {
        return new CallScenario(
                from, queue, End.ANSWERED, Duration.ZERO, SECOND_AGENT, false, false, FIRST_AGENT);
    }

    /**
     * Reads a scenario: parts with commas between, the first of which is {@code call to 1002} or
     * {@code call from 1001 to 1002}. The others are {@code answered after 2 s}, {@code busy},
     * {@code not answered}, {@code caller gives up}, {@code transferred to 1003} and {@code
     * recorded}. After {@code call to queue 500} they are {@code not answered by 1002} and {@code
     * answered by 1003}.
     *
     * @throws IllegalArgumentException if a part is none of these
     */
    public static CallScenario of(String script) {
        String[] parts = script.toLowerCase(Locale.ROOT).strip().split("\\s*,\\s*", -1);
        Matcher call = CALL.matcher(parts[0]);
        if (!call.matches()) {
            throw new IllegalArgumentException(
                    "begin with \"call to 1002\" or \"call from 1003 to 1002\", with numbers of"
                            + (" digits alone, not \"" + parts[0] + "\""));
        }
        String from = call.group(1) == null ? CALLER : call.group(1);
        CallScenario scenario =
                call.group(2) == null ? call(from, call.group(3)) : queue(from, call.group(3));
        for (int i = 1; i < parts.length; i++) {
            scenario = scenario.with(parts[i]);
        }
        return scenario;
    }

    private CallScenario with(String part) {
        return passedOver == null ? withPart(part) : withAgent(part);
    }

    private CallScenario withAgent(String part) {
        Matcher passed = PASSED_OVER.matcher(part);
        if (passed.matches()) {
            return notAnsweredBy(passed.group(1));
        }
        Matcher agent = AGENT.matcher(part);
        if (agent.matches()) {
            return answeredBy(agent.group(1));
        }
        throw new IllegalArgumentException(
                "a call to a queue has no part \"" + part + "\"; see CallScenario.of");
    }

    private CallScenario withPart(String part) {
        Matcher answered = ANSWERED.matcher(part);
        if (answered.matches()) {
            return answered.group(1) == null
                    ? ended(End.ANSWERED)
                    : answeredAfter(length(answered.group(1), answered.group(2)));
        }
        Matcher transferred = TRANSFERRED.matcher(part);
        if (transferred.matches()) {
            return transferredTo(transferred.group(1));
        }
        return switch (part) {
            case "busy" -> busy();
            case "not answered" -> notAnswered();
            case "caller gives up" -> givenUp();
            case "recorded" -> recorded();
            default ->
                    throw new IllegalArgumentException(
                            "a call has no part \"" + part + "\"; see CallScenario.of");
        };
    }

    private static Duration length(String number, String unit) {
        long count = Long.parseLong(number);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private CallScenario ended(End how) {
        return new CallScenario(from, to, how, ringing, target, recorded, realTime, passedOver);
    }

    /** Returns the same, answered after so much ringing. */
    public CallScenario answeredAfter(Duration value) {
        return new CallScenario(
                from, to, End.ANSWERED, value, target, recorded, realTime, passedOver);
    }

    /** Returns the same to somebody who is busy. */
    public CallScenario busy() {
        return ended(End.BUSY);
    }

    /** Returns the same to somebody who lets it ring until the PBX gives up. */
    public CallScenario notAnswered() {
        return ended(End.NOT_ANSWERED);
    }

    /** Returns the same with a caller who hangs up while it rings. */
    public CallScenario givenUp() {
        return ended(End.GIVEN_UP);
    }

    /** Returns the same, in which the one who answered then transfers the caller. */
    public CallScenario transferredTo(String extension) {
        if (passedOver != null) {
            throw new IllegalStateException("no call to a queue can be transferred: " + this);
        }
        return new CallScenario(
                from,
                to,
                end,
                ringing,
                Objects.requireNonNull(extension, "extension"),
                recorded,
                realTime,
                passedOver);
    }

    /** Returns the same with another agent of the queue who lets it ring. */
    public CallScenario notAnsweredBy(String extension) {
        return agents(Objects.requireNonNull(extension, "extension"), target);
    }

    /** Returns the same with another agent of the queue who answers. */
    public CallScenario answeredBy(String extension) {
        return agents(passedOver, Objects.requireNonNull(extension, "extension"));
    }

    private CallScenario agents(@Nullable String first, @Nullable String second) {
        if (passedOver == null) {
            throw new IllegalStateException("begin with queue(...): a call has no agents");
        }
        return new CallScenario(from, to, end, ringing, second, recorded, realTime, first);
    }

    /** Returns the same, recorded from the answer to the end. */
    public CallScenario recorded() {
        return new CallScenario(from, to, end, ringing, target, true, realTime, passedOver);
    }

    /** Returns the same, taking the time that it took; otherwise it is over at once. */
    public CallScenario inRealTime() {
        return new CallScenario(from, to, end, ringing, target, recorded, true, passedOver);
    }

    /** Tells whether it says no more than what becomes of the ringing. */
    boolean isPlain() {
        return passedOver == null
                && target == null
                && !recorded
                && !realTime
                && end != End.GIVEN_UP;
    }

    End end() {
        return end;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    Optional<String> target() {
        return Optional.ofNullable(target);
    }

    /** Returns the agent of a queue who lets it ring; empty where the call is for no queue. */
    Optional<String> passedOver() {
        return Optional.ofNullable(passedOver);
    }

    /** Returns how long it rang, where it was answered and no queue has its own times. */
    Optional<Duration> ringing() {
        return end == End.ANSWERED && passedOver == null ? Optional.of(ringing) : Optional.empty();
    }

    boolean isRecorded() {
        return recorded;
    }

    boolean isInRealTime() {
        return realTime;
    }

    /** Returns the name of the real call that went like this. */
    String recording() {
        if (passedOver != null) {
            return queue();
        }
        if (end != End.ANSWERED && (recorded || target != null)) {
            throw new IllegalArgumentException(
                    "who is not answered can't be transferred or recorded: " + this);
        }
        return switch (end) {
            case BUSY -> "02-dial-busy";
            case NOT_ANSWERED -> "03-dial-no-answer";
            case GIVEN_UP -> "05-caller-cancels";
            case ANSWERED -> answered();
        };
    }

    private String queue() {
        if (end != End.ANSWERED || recorded || !ringing.isZero()) {
            throw new IllegalArgumentException(
                    "in a queue, the second agent answers, and no more: " + this);
        }
        return "06-queue-second-member-answers";
    }

    private String answered() {
        if (target == null) {
            return recorded ? "08a-mixmonitor-ended-by-hangup" : "01-dial-answered-caller-hangs-up";
        }
        return recorded ? "08d-mixmonitor-goes-on-after-blind-transfer" : "09-blind-transfer-refer";
    }

    /** Returns the script of it, as {@link #of} reads it. */
    @Override
    public String toString() {
        return "call from "
                + from
                + (passedOver == null ? " to " + to + ending() : " to queue " + to + agents())
                + (recorded ? ", recorded" : "");
    }

    private String ending() {
        return ", "
                + end.part
                + (end == End.ANSWERED ? " after " + words(ringing) : "")
                + (target == null ? "" : ", transferred to " + target);
    }

    private String agents() {
        return (", not answered by " + passedOver + ", answered by " + target)
                + (ringing.isZero() ? "" : ", answered after " + words(ringing))
                + (end == End.ANSWERED ? "" : ", " + end.part);
    }

    private static String words(Duration ringing) {
        return ringing.toMillisPart() == 0
                ? ringing.toSeconds() + " s"
                : ringing.toMillis() + " ms";
    }
}
