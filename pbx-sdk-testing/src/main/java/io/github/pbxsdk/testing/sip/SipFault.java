package io.github.pbxsdk.testing.sip;

import java.time.Duration;

/** What a {@link FakeSip} does wrong with a request. */
public final class SipFault {

    private final Kind kind;
    private final int status;
    private final String reason;
    private final Duration time;

    /** What is done. */
    enum Kind {
        LOSE_REQUEST,
        LOSE_ANSWER,
        DELAY,
        DUPLICATE,
        REORDER,
        WRONG_REALM,
        STALE,
        TOO_BRIEF,
        UNAVAILABLE,
        ANSWER,
        CUT_BEFORE,
        CUT_AFTER
    }

    private SipFault(Kind kind, int status, String reason, Duration time) {
        this.kind = kind;
        this.status = status;
        this.reason = reason;
        this.time = time;
    }

    private static SipFault of(Kind kind) {
        return new SipFault(kind, 0, "", Duration.ZERO);
    }

    /** The request is lost; a repetition of it counts as another one. */
    public static SipFault loseRequest() {
        return of(Kind.LOSE_REQUEST);
    }

    /** The request does its work and its answer is lost; a repetition is answered. */
    public static SipFault loseAnswer() {
        return of(Kind.LOSE_ANSWER);
    }

    /** The answer comes late. */
    public static SipFault delay(Duration time) {
        return new SipFault(Kind.DELAY, 0, "", time);
    }

    /** The answer comes twice. */
    public static SipFault duplicate() {
        return of(Kind.DUPLICATE);
    }

    /** The answer comes behind the next one that the server sends to anybody. */
    public static SipFault reorder() {
        return of(Kind.REORDER);
    }

    /** The server challenges for the realm {@code elsewhere}, whatever credentials come. */
    public static SipFault wrongRealm() {
        return of(Kind.WRONG_REALM);
    }

    /** The next right credentials are called stale. */
    public static SipFault stale() {
        return of(Kind.STALE);
    }

    /**
     * The next request with right credentials and a contact is refused with 423 and {@code
     * Min-Expires}.
     */
    public static SipFault intervalTooBrief(Duration atLeast) {
        return new SipFault(Kind.TOO_BRIEF, 423, "Interval Too Brief", atLeast);
    }

    /** The request is refused with 503 and {@code Retry-After}. */
    public static SipFault unavailable(Duration retryAfter) {
        return new SipFault(Kind.UNAVAILABLE, 503, "Service Unavailable", retryAfter);
    }

    /** The request is answered so, without a look at it. */
    public static SipFault answer(int status, String reason) {
        return new SipFault(Kind.ANSWER, status, reason, Duration.ZERO);
    }

    /** The connection is lost before the request does its work; over UDP the request is. */
    public static SipFault cutBefore() {
        return of(Kind.CUT_BEFORE);
    }

    /** The request does its work and the connection is lost; over UDP the answer is. */
    public static SipFault cutAfter() {
        return of(Kind.CUT_AFTER);
    }

    Kind kind() {
        return kind;
    }

    Duration time() {
        return time;
    }

    /** Tells whether it has waited for a request with right credentials, as this one is. */
    boolean isForAccepted(SipMessage request) {
        boolean asksForTime = request.find("Contact").isPresent();
        return kind == Kind.STALE || (kind == Kind.TOO_BRIEF && asksForTime);
    }

    /** Tells whether it happens to the next request, whoever sent it. */
    boolean isForAnyRequest() {
        return kind != Kind.STALE && kind != Kind.TOO_BRIEF && kind != Kind.WRONG_REALM;
    }

    /** Tells whether the request does no work and gets no answer. */
    boolean isBeforeWork() {
        return kind == Kind.LOSE_REQUEST || kind == Kind.CUT_BEFORE;
    }

    /** Tells whether it is an answer that the server gives at once. */
    boolean isAnswer() {
        return kind == Kind.ANSWER || kind == Kind.UNAVAILABLE;
    }

    /** Returns the answer of a fault that is one. */
    SipMessage message() {
        SipMessage answer = SipMessage.answer(status, reason);
        return switch (kind) {
            case TOO_BRIEF -> answer.with("Min-Expires", seconds());
            case UNAVAILABLE -> answer.with("Retry-After", seconds());
            default -> answer;
        };
    }

    private String seconds() {
        return Long.toString(time.toSeconds());
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
