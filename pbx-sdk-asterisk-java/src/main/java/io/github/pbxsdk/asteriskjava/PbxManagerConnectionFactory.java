package io.github.pbxsdk.asteriskjava;

import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionFactory;

/** Makes connections where a {@link ManagerConnectionFactory} is asked for; opens nothing. */
public final class PbxManagerConnectionFactory extends ManagerConnectionFactory {

    private final String hostname;
    private final int port;
    private final String username;
    private final String password;

    /** Creates a factory for the usual port of a server. */
    public PbxManagerConnectionFactory(String hostname, String username, String password) {
        this(hostname, 0, username, password);
    }

    /**
     * Creates a factory.
     *
     * @param port 0 for the usual one
     */
    public PbxManagerConnectionFactory(
            String hostname, int port, String username, String password) {
        super(hostname, port, username, password);
        this.hostname = hostname;
        this.port = port;
        this.username = username;
        this.password = password;
    }

    /** Returns a new connection in the state {@code INITIAL}. */
    @Override
    public ManagerConnection createManagerConnection() {
        return new PbxManagerConnection(hostname, port, username, password);
    }

    /** Returns a new connection over TLS in the state {@code INITIAL}. */
    @Override
    public ManagerConnection createSecureManagerConnection() {
        PbxManagerConnection connection =
                new PbxManagerConnection(hostname, port, username, password);
        connection.setSsl(true);
        return connection;
    }
}
