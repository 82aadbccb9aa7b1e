package io.github.pbxsdk.testing.sip;

/** Threads that do not keep a program alive. */
final class Daemon {

    private Daemon() {}

    static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
