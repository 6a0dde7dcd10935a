namespace AksInsights.Tests.Rightsizing;

/// <summary>Usage as containers have it: a daily wave, noise, rare bursts, idle stretches, from 1m to several cores.</summary>
internal static class RealisticSeries
{
    public static IEnumerable<double[]> Many(int seed, int count) => Enumerable.Range(0, count).Select(i => One(new Random(seed * 1000 + i)));

    private static double[] One(Random random)
    {
        var level = Math.Exp(random.NextDouble() * Math.Log(5000)) * 1e6;
        var (wave, noise, bursts, quantum) = (random.NextDouble(), random.NextDouble(), random.NextDouble() * 0.05, random.Next(3) == 0 ? level / 7 : 1);
        var samples = new double[random.Next(300, 4000)];
        for (var i = 0; i < samples.Length; i++)
        {
            var day = 1 + (wave * Math.Sin(i * 2 * Math.PI / 288));
            var burst = random.NextDouble() < bursts ? 1 + (20 * random.NextDouble()) : 1;
            var value = level * day * burst * Math.Exp(noise * (random.NextDouble() - 0.5));
            samples[i] = Math.Max(Math.Round(value / quantum) * quantum, 1);
        }

        return samples;
    }
}
