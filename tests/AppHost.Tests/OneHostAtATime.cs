// All hosts keep their data in one folder.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
