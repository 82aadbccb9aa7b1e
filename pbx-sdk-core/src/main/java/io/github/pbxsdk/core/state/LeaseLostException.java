package io.github.pbxsdk.core.state;

/**
 * The lease has ended, so nothing was changed under it.
 *
 * <p>It was not renewed in time or was given back. Somebody else may be at work: stop, and take the
 * lease again to go on.
 */
public final class LeaseLostException extends StateException {

    private static final long serialVersionUID = 1L;

    private final String leaseName;

    /** Creates an exception about a lease that is no longer held. */
    public LeaseLostException(Lease lease) {
        super("the lease " + lease.name() + " with token " + lease.token() + " has ended");
        this.leaseName = lease.name();
    }

    /** Returns the name of the lease. */
    public String leaseName() {
        return leaseName;
    }
}
