package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.security.Operation;

/** What the guard of a client is asked about. */
final class Operations {

    static final Operation REGISTER = Operation.change("sip", "REGISTER");
    static final Operation DEVICES = Operation.read("sip", "REGISTER");
    static final Operation MESSAGE = Operation.change("sip", "MESSAGE");
    static final Operation OPTIONS = Operation.read("sip", "OPTIONS");
    static final Operation INVITE = Operation.read("sip", "INVITE");
    static final Operation SUBSCRIBE = Operation.read("sip", "SUBSCRIBE");

    private Operations() {}
}
