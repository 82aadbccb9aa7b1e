package io.github.pbxsdk.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a benchmark ran.
 *
 * @param system name, version and architecture of the operating system
 * @param processors how many the JVM may use
 */
record Machine(String system, String processor, int processors, long memoryBytes, String jdk) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";
    private static final long GIB = 1L << 30;

    static Machine here() throws IOException {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                processorName(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("java.vendor")
                        + " "
                        + System.getProperty("java.runtime.version"));
    }

    /** Returns how many processes wanted to run in the last minute; negative if nobody knows. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Linux tells in a file, macOS through a command. */
    private static String processorName() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return Command.output("sysctl", "-n", "machdep.cpu.brand_string").orElse("unknown");
        }
        return Files.readAllLines(CPU_INFO).stream()
                .filter(line -> line.startsWith(MODEL))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** Returns it in a few words. */
    String summary() {
        return (processors + " × " + processor + ", " + Math.round((double) memoryBytes / GIB))
                + (" GiB, " + system + ", " + jdk);
    }
}
