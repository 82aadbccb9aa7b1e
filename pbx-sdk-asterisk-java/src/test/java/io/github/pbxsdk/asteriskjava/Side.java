package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.testing.ami.FakeAmi;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnection;

/** The connection of asterisk-java and ours, for tests of what users of both may rely on. */
enum Side {
    THERE {
        @Override
        ManagerConnection connection(String host, int port, String user, String secret) {
            return new DefaultManagerConnection(host, port, user, secret);
        }

        @Override
        void responseTimeout(ManagerConnection connection, long millis) {
            ((DefaultManagerConnection) connection).setDefaultResponseTimeout(millis);
        }
    },
    HERE {
        @Override
        ManagerConnection connection(String host, int port, String user, String secret) {
            return new PbxManagerConnection(host, port, user, secret);
        }

        @Override
        void responseTimeout(ManagerConnection connection, long millis) {
            ((PbxManagerConnection) connection).setDefaultResponseTimeout(millis);
        }
    };

    abstract ManagerConnection connection(String host, int port, String user, String secret);

    abstract void responseTimeout(ManagerConnection connection, long millis);

    ManagerConnection to(FakeAmi server) {
        return connection(server.host(), server.port(), "lab", "lab-secret");
    }
}
