package io.github.pbxsdk.ami.event;

/**
 * Why a channel ended: a number of ITU-T Q.850, or one that Asterisk added.
 *
 * <p>Any number is kept, so that compare with the constants by {@code equals} and switch over
 * {@link #code()}. Asterisk sends 0 not only when something went wrong, but also for devices that
 * rang and were not the one to answer.
 *
 * @param code the number
 */
public record HangupCause(int code) {

    /** The server does not know why. */
    public static final HangupCause UNKNOWN = new HangupCause(0);

    /** There is no such number. */
    public static final HangupCause UNALLOCATED = new HangupCause(1);

    /** There is no way to the transit network. */
    public static final HangupCause NO_ROUTE_TRANSIT_NETWORK = new HangupCause(2);

    /** There is no way to the number. */
    public static final HangupCause NO_ROUTE_DESTINATION = new HangupCause(3);

    /** The trunk prefix is wrong. */
    public static final HangupCause MISDIALLED_TRUNK_PREFIX = new HangupCause(5);

    /** The line offered is not acceptable. */
    public static final HangupCause CHANNEL_UNACCEPTABLE = new HangupCause(6);

    /** The call goes over a line that is in use already. */
    public static final HangupCause CALL_AWARDED_DELIVERED = new HangupCause(7);

    /** A more important call took its place. */
    public static final HangupCause PRE_EMPTED = new HangupCause(8);

    /** The number moved to another provider. */
    public static final HangupCause NUMBER_PORTED_NOT_HERE = new HangupCause(14);

    /** Somebody hung up. */
    public static final HangupCause NORMAL_CLEARING = new HangupCause(16);

    /** The line is busy. */
    public static final HangupCause USER_BUSY = new HangupCause(17);

    /** The device did not react. */
    public static final HangupCause NO_USER_RESPONSE = new HangupCause(18);

    /** It rang, and nobody answered. */
    public static final HangupCause NO_ANSWER = new HangupCause(19);

    /** The device is not registered. */
    public static final HangupCause SUBSCRIBER_ABSENT = new HangupCause(20);

    /** The call was refused. */
    public static final HangupCause CALL_REJECTED = new HangupCause(21);

    /** The number is another one now. */
    public static final HangupCause NUMBER_CHANGED = new HangupCause(22);

    /** The call was redirected. */
    public static final HangupCause REDIRECTED_TO_NEW_DESTINATION = new HangupCause(23);

    /** Another device answered. */
    public static final HangupCause ANSWERED_ELSEWHERE = new HangupCause(26);

    /** The other end is out of order. */
    public static final HangupCause DESTINATION_OUT_OF_ORDER = new HangupCause(27);

    /** The number is incomplete or malformed. */
    public static final HangupCause INVALID_NUMBER_FORMAT = new HangupCause(28);

    /** The network refused a service. */
    public static final HangupCause FACILITY_REJECTED = new HangupCause(29);

    /** It is an answer to a question for the state. */
    public static final HangupCause RESPONSE_TO_STATUS_ENQUIRY = new HangupCause(30);

    /** It ended as it should, for no reason in particular. */
    public static final HangupCause NORMAL_UNSPECIFIED = new HangupCause(31);

    /** All lines are in use. */
    public static final HangupCause CONGESTION = new HangupCause(34);

    /** The network is out of order. */
    public static final HangupCause NETWORK_OUT_OF_ORDER = new HangupCause(38);

    /** It failed, and may work soon. */
    public static final HangupCause TEMPORARY_FAILURE = new HangupCause(41);

    /** The exchange has too much to do. */
    public static final HangupCause SWITCH_CONGESTION = new HangupCause(42);

    /** Information was lost on the way. */
    public static final HangupCause ACCESS_INFO_DISCARDED = new HangupCause(43);

    /** The line asked for is not free. */
    public static final HangupCause REQUESTED_CHANNEL_UNAVAILABLE = new HangupCause(44);

    /** The service is not booked. */
    public static final HangupCause FACILITY_NOT_SUBSCRIBED = new HangupCause(45);

    /** The service asked for is not booked. */
    public static final HangupCause REQUESTED_FACILITY_NOT_SUBSCRIBED = new HangupCause(50);

    /** Calls to the outside are barred. */
    public static final HangupCause OUTGOING_CALL_BARRED = new HangupCause(52);

    /** Calls from the outside are barred. */
    public static final HangupCause INCOMING_CALL_BARRED = new HangupCause(54);

    /** This kind of call is not permitted. */
    public static final HangupCause BEARER_NOT_AUTHORIZED = new HangupCause(57);

    /** This kind of call is not possible now. */
    public static final HangupCause BEARER_NOT_AVAILABLE = new HangupCause(58);

    /** This kind of call is not known. */
    public static final HangupCause BEARER_NOT_IMPLEMENTED = new HangupCause(65);

    /** This kind of line is not known. */
    public static final HangupCause CHANNEL_NOT_IMPLEMENTED = new HangupCause(66);

    /** The service is not known. */
    public static final HangupCause FACILITY_NOT_IMPLEMENTED = new HangupCause(69);

    /** There is no such call. */
    public static final HangupCause INVALID_CALL_REFERENCE = new HangupCause(81);

    /** The other end cannot take this kind of call. */
    public static final HangupCause INCOMPATIBLE_DESTINATION = new HangupCause(88);

    /** A message made no sense. */
    public static final HangupCause INVALID_MESSAGE = new HangupCause(95);

    /** A message lacked something. */
    public static final HangupCause MANDATORY_ELEMENT_MISSING = new HangupCause(96);

    /** A message was of an unknown type. */
    public static final HangupCause MESSAGE_TYPE_NOT_KNOWN = new HangupCause(97);

    /** A message came at the wrong time. */
    public static final HangupCause WRONG_MESSAGE = new HangupCause(98);

    /** A message held something unknown. */
    public static final HangupCause ELEMENT_NOT_KNOWN = new HangupCause(99);

    /** A message held something malformed. */
    public static final HangupCause INVALID_ELEMENT_CONTENTS = new HangupCause(100);

    /** A message does not fit the state of the call. */
    public static final HangupCause WRONG_CALL_STATE = new HangupCause(101);

    /** The other side did not react in time. */
    public static final HangupCause RECOVERY_ON_TIMER_EXPIRE = new HangupCause(102);

    /** A message held something of a wrong length. */
    public static final HangupCause MANDATORY_ELEMENT_LENGTH_ERROR = new HangupCause(103);

    /** The two sides do not understand each other. */
    public static final HangupCause PROTOCOL_ERROR = new HangupCause(111);

    /** The other network gave no reason, as when a caller gives up. */
    public static final HangupCause INTERWORKING = new HangupCause(127);

    /** Returns the cause with a number. */
    public static HangupCause of(int code) {
        return new HangupCause(code);
    }

    /** Returns the cause that a text has the number of, {@link #UNKNOWN} where it has none. */
    static HangupCause of(String text) {
        try {
            return new HangupCause(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            // Asterisk means the same by no number and by 0.
            return UNKNOWN;
        }
    }

    /** Returns the cause in words, in English; the number where there are none. */
    public String text() {
        return switch (code) {
            case 0 -> "Unknown";
            case 1 -> "Unallocated (unassigned) number";
            case 2 -> "No route to specified transit network";
            case 3 -> "No route to destination";
            case 5 -> "Misdialed trunk prefix";
            case 6 -> "Channel unacceptable";
            case 7 -> "Call awarded and being delivered in an established channel";
            case 8 -> "Pre-empted";
            case 14 -> "QoR: ported number";
            case 16 -> "Normal Clearing";
            case 17 -> "User busy";
            case 18 -> "No user responding";
            case 19 -> "User alerting, no answer";
            case 20 -> "Subscriber absent";
            case 21 -> "Call Rejected";
            case 22 -> "Number changed";
            case 23 -> "Redirected to new destination";
            case 26 -> "Answered elsewhere";
            case 27 -> "Destination out of order";
            case 28 -> "Invalid number format";
            case 29 -> "Facility rejected";
            case 30 -> "Response to STATus ENQuiry";
            case 31 -> "Normal, unspecified";
            case 34 -> "Circuit/channel congestion";
            case 38 -> "Network out of order";
            case 41 -> "Normal temporary failure";
            case 42 -> "Switching equipment congestion";
            case 43 -> "Access information discarded";
            case 44 -> "Requested channel not available";
            case 45 -> "Facility not subscribed";
            case 50 -> "Facility not subscribed";
            case 52 -> "Outgoing call barred";
            case 54 -> "Incoming call barred";
            case 57 -> "Bearer capability not authorized";
            case 58 -> "Bearer capability not available";
            case 65 -> "Bearer capability not implemented";
            case 66 -> "Channel not implemented";
            case 69 -> "Facility not implemented";
            case 81 -> "Invalid call reference value";
            case 88 -> "Incompatible destination";
            case 95 -> "Invalid message unspecified";
            case 96 -> "Mandatory information element is missing";
            case 97 -> "Message type nonexist.";
            case 98 -> "Wrong message";
            case 99 -> "Info. element nonexist or not implemented";
            case 100 -> "Invalid information element contents";
            case 101 -> "Message not compatible with call state";
            case 102 -> "Recover on timer expiry";
            case 103 -> "Mandatory IE length error";
            case 111 -> "Protocol error, unspecified";
            case 127 -> "Interworking, unspecified";
            default -> String.valueOf(code);
        };
    }

    @Override
    public String toString() {
        return code + " " + text();
    }
}
