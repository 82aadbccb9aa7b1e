package io.github.pbxsdk.testing.sip;

import java.time.Duration;
import java.util.List;

/**
 * An extension of a {@link FakeSip}: endpoint, authentication and address in one, as on FreePBX.
 *
 * <p>Immutable; each {@code with…} returns another one.
 */
public final class SipExtension {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final String number;
    private final String secret;
    private int maxContacts = UNLIMITED;
    private boolean removeExisting;
    private Duration minExpires = Duration.ofSeconds(60);
    private Duration maxExpires = Duration.ofHours(2);
    private List<String> algorithms = List.of("MD5");
    private boolean takesTexts = true;
    private boolean keepsPath;
    private boolean tellsMailbox;
    private boolean hasMailbox;
    private boolean webRtc;

    private SipExtension(String number, String secret) {
        this.number = number;
        this.secret = secret;
    }

    private SipExtension(SipExtension from) {
        this(from.number, from.secret);
        this.maxContacts = from.maxContacts;
        this.removeExisting = from.removeExisting;
        this.minExpires = from.minExpires;
        this.maxExpires = from.maxExpires;
        this.algorithms = from.algorithms;
        this.takesTexts = from.takesTexts;
        this.keepsPath = from.keepsPath;
        this.tellsMailbox = from.tellsMailbox;
        this.hasMailbox = from.hasMailbox;
        this.webRtc = from.webRtc;
    }

    /** Returns one with Asterisk's own settings, apart from as many devices as there come. */
    public static SipExtension of(String number, String secret) {
        return new SipExtension(number, secret);
    }

    /**
     * Returns the same for so many devices.
     *
     * @param removeExisting whether one more pushes the oldest out, as on FreePBX; else it is
     *     refused with 403
     */
    public SipExtension withMaxContacts(int count, boolean removeExisting) {
        SipExtension other = new SipExtension(this);
        other.maxContacts = count;
        other.removeExisting = removeExisting;
        return other;
    }

    /** Returns the same with bounds for how long a registration lasts. */
    public SipExtension withExpires(Duration shortest, Duration longest) {
        SipExtension other = new SipExtension(this);
        other.minExpires = shortest;
        other.maxExpires = longest;
        return other;
    }

    /** Returns the same with digest algorithms, the best first; 16 knows {@code MD5} only. */
    public SipExtension withAlgorithms(String... names) {
        SipExtension other = new SipExtension(this);
        other.algorithms = List.of(names);
        return other;
    }

    /** Returns the same without a message context: its texts are taken and never arrive. */
    public SipExtension withoutTexts() {
        SipExtension other = new SipExtension(this);
        other.takesTexts = false;
        return other;
    }

    /** Returns the same with {@code support_path=yes}. */
    public SipExtension withPath() {
        SipExtension other = new SipExtension(this);
        other.keepsPath = true;
        return other;
    }

    /** Returns the same with a mailbox that one can subscribe to. */
    public SipExtension withMailbox() {
        SipExtension other = new SipExtension(this);
        other.hasMailbox = true;
        return other;
    }

    /** Returns the same with a mailbox that is told of, unasked, after each registration. */
    public SipExtension withMailboxToldUnasked() {
        SipExtension other = new SipExtension(this);
        other.tellsMailbox = true;
        return other;
    }

    /** Returns the same with {@code webrtc=yes}: it may call from a browser. */
    public SipExtension withWebRtc() {
        SipExtension other = new SipExtension(this);
        other.webRtc = true;
        return other;
    }

    /** Returns the number, which is also the user of its digest. */
    public String number() {
        return number;
    }

    String secret() {
        return secret;
    }

    int maxContacts() {
        return maxContacts;
    }

    boolean removesExisting() {
        return removeExisting;
    }

    /** Returns how long a registration lasts that is to last so long. */
    Duration granted(Duration asked) {
        if (asked.isZero() || asked.isNegative()) {
            return Duration.ZERO;
        }
        Duration least = asked.compareTo(minExpires) < 0 ? minExpires : asked;
        return least.compareTo(maxExpires) > 0 ? maxExpires : least;
    }

    List<String> algorithms() {
        return algorithms;
    }

    boolean takesTexts() {
        return takesTexts;
    }

    boolean keepsPath() {
        return keepsPath;
    }

    boolean tellsMailbox() {
        return tellsMailbox;
    }

    boolean hasMailbox() {
        return hasMailbox;
    }

    /** Tells whether its calls may come with such an offer of sound. */
    boolean takesOffer(String sdp) {
        return webRtc || sdp.contains(" RTP/AVP ");
    }

    @Override
    public String toString() {
        return "SipExtension[" + number + "]";
    }
}
