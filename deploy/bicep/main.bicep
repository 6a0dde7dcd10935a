// What AksInsights needs in Azure, and a cluster set up as the production checklist of the scorecard asks:
// a workspace, an identity that may read it, an AKS cluster with Container Insights, and on request PostgreSQL.
// docs/deploy.md has the commands. Into an existing resource group:
//   az deployment group create -g GROUP -p deploy/bicep/main.bicepparam
targetScope = 'resourceGroup'

@description('Where everything is made; a region with availability zones.')
param location string = resourceGroup().location

@description('The beginning of all names.')
@minLength(3)
@maxLength(20)
param name string = 'aksinsights'

@description('The namespace and service account that get the identity; deploy/kubernetes has them.')
param serviceAccount string = 'aksinsights:aksinsights'

@description('Greatest ingestion of the workspace a day in GB; -1 is no limit. Above it nothing is collected until the next day.')
param dailyCapGb int = 10

@description('How long rows are kept, in days.')
@minValue(30)
@maxValue(730)
param retentionDays int = 30

@description('Whether the cluster is made here. With false, set clusterIssuer to that of yours, and collection is left as it is.')
param makeCluster bool = true

@description('The OIDC issuer of a cluster that exists (az aks show --query oidcIssuerProfile.issuerUrl).')
param clusterIssuer string = ''

@description('The name of a workspace of this resource group that exists; empty makes one.')
param existingWorkspace string = ''

@description('How often Container Insights takes samples. Above 1m bursts are not seen, and recommendations say so.')
@allowed(['1m', '2m', '5m'])
param collectionInterval string = '1m'

@description('What of the API server\'s audit log is collected: changes only, all (many GB a day), or none. Checks of reads and sign-ins need all.')
@allowed(['changes', 'all', 'none'])
param auditLog string = 'changes'

@description('Who may do everything in the cluster, as local accounts are off: the object id of a user or group. By default whoever deploys.')
param clusterAdmin string = deployer().objectId

@description('Whether the API server has no public address. kubectl then needs a way into the network.')
param privateCluster bool = false

@description('Addresses that may reach a public API server, such as 203.0.113.0/24. Empty lets everybody try.')
param apiServerRanges string[] = []

@description('Whether there is a pool of spot nodes for batch work.')
param spotPool bool = false

@description('VM sizes of the pools.')
param systemVmSize string = 'Standard_D2ds_v5'
param userVmSize string = 'Standard_D4ds_v5'

@description('Most nodes of the pool for workloads.')
param userMaxNodes int = 5

@description('Availability zones; empty where the region has none.')
param zones string[] = ['1', '2', '3']

@description('Whether PostgreSQL is made, for two replicas; one replica keeps its findings on a disk.')
param postgres bool = false

@description('The password of the database user aksinsights; needed when postgres is true.')
@secure()
param postgresPassword string = ''

module workspace 'modules/workspace.bicep' = {
  params: {
    location: location
    name: '${name}-logs'
    existingName: existingWorkspace
    dailyCapGb: dailyCapGb
    retentionDays: retentionDays
  }
}

module cluster 'modules/cluster.bicep' = if (makeCluster) {
  params: {
    location: location
    name: '${name}-aks'
    workspaceId: workspace.outputs.resourceId
    admin: clusterAdmin
    privateCluster: privateCluster
    apiServerRanges: apiServerRanges
    spotPool: spotPool
    systemVmSize: systemVmSize
    userVmSize: userVmSize
    userMaxNodes: userMaxNodes
    zones: zones
  }
}

module collection 'modules/collection.bicep' = if (makeCluster) {
  params: {
    location: location
    // A collection rule needs a cluster to be collected from.
    clusterName: cluster.?outputs.name ?? ''
    workspaceId: workspace.outputs.resourceId
    interval: collectionInterval
    auditLog: auditLog
  }
}

module identity 'modules/identity.bicep' = {
  params: {
    location: location
    name: '${name}-reader'
    issuer: cluster.?outputs.issuer ?? clusterIssuer
    serviceAccount: serviceAccount
    workspaceName: workspace.outputs.name
  }
}

module graph 'modules/graph-reader.bicep' = {
  scope: subscription()
  params: {
    principal: identity.outputs.principal
  }
}

module database 'modules/postgres.bicep' = if (postgres) {
  params: {
    location: location
    name: '${name}-${uniqueString(resourceGroup().id)}'
    password: postgresPassword
  }
}

@description('For deploy/kubernetes/site/site.env.')
output client string = identity.outputs.client
output workspace string = workspace.outputs.customerId
output cluster string = cluster.?outputs.name ?? ''

@description('For deploy/kubernetes/overlays/postgres/store.env.')
output store string = database.?outputs.store ?? ''
