package io.github.pbxsdk.ami;

import io.github.pbxsdk.testing.ami.FakeAmi;

/** The servers that are played, and what they say of themselves. */
enum Played {
    ASTERISK_16("16.25.0", "Asterisk Call Manager/5.0.4") {
        @Override
        FakeAmi start() {
            return FakeAmi.asterisk16();
        }
    },
    ASTERISK_22("22.10.1", "Asterisk Call Manager/11.0.0") {
        @Override
        FakeAmi start() {
            return FakeAmi.asterisk22();
        }
    };

    final String version;
    final String greeting;

    Played(String version, String greeting) {
        this.version = version;
        this.greeting = greeting;
    }

    abstract FakeAmi start();
}
